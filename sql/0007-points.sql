-- 0007-points.sql: files that nothing refers to go after a time: when each is asked for, and whose content it is.
ALTER TABLE file
    MODIFY keep_until DATETIME(3) NULL, -- a result of a job goes then; an upload does, unless something refers to it
    ADD KEY (keep_until);
UPDATE file SET keep_until = made_at + INTERVAL 30 DAY WHERE keep_until IS NULL;
ALTER TABLE file_image ADD KEY (sha256);
