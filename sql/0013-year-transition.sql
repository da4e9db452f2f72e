-- The passage to the next school year, and orders that are undone.
ALTER TABLE class
    ADD COLUMN last_grade TINYINT UNSIGNED NULL AFTER grade,          -- college: the course after which the group graduates
    ADD COLUMN made_by_order BIGINT UNSIGNED NULL AFTER is_open,      -- raised from a class of the year before by that order
    ADD COLUMN ended_by_order BIGINT UNSIGNED NULL AFTER made_by_order;

ALTER TABLE movement
    ADD COLUMN period VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL AFTER note,       -- code list period_kind: the quarter of an exclusion
    ADD COLUMN certificate VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL AFTER period, -- code list certificate_kind: what a graduate gets
    ADD COLUMN is_graduation TINYINT AS (IF(kind = 'graduate' OR certificate IS NOT NULL, 1, NULL)) PERSISTENT,
    ADD KEY (org_id, is_graduation, effective_on);

ALTER TABLE school_order ADD KEY (org_id, cancels_id);
