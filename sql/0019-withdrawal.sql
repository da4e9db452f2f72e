-- A file that was registered by mistake is withdrawn, a double is merged into the other file: both stay, out of every list.
ALTER TABLE pupil
    MODIFY COLUMN standing ENUM('registered','enrolled','left','withdrawn') NOT NULL DEFAULT 'registered',
    ADD COLUMN withdrawn_on    DATE NULL,
    ADD COLUMN withdraw_reason VARCHAR(300) NOT NULL DEFAULT '',
    ADD COLUMN merged_into     BIGINT UNSIGNED NULL; -- the file that is kept
