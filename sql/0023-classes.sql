-- Who was in a class to the end of its year is counted from the index alone: the last stay in it ended with the year, by graduation or
-- by going on to a class of a later one.
ALTER TABLE membership
    ADD COLUMN ends_year TINYINT UNSIGNED NOT NULL DEFAULT 0,
    DROP KEY org_id,
    ADD KEY (org_id, class_id, to_on, from_on, ends_year);

UPDATE membership s
    JOIN class c ON c.org_id = s.org_id AND c.id = s.class_id
    JOIN movement g ON g.org_id = s.org_id AND g.pupil_id = s.pupil_id AND g.effective_on = s.to_on AND g.voids_id IS NULL
    LEFT JOIN movement v ON v.org_id = g.org_id AND v.voids_id = g.id
    LEFT JOIN class n ON n.org_id = g.org_id AND n.id = g.to_class_id
    LEFT JOIN membership l ON l.org_id = s.org_id AND l.pupil_id = s.pupil_id AND l.class_id = s.class_id AND l.from_on >= s.to_on
        AND l.movement_id <> s.movement_id
    SET s.ends_year = 1
    WHERE v.id IS NULL AND l.pupil_id IS NULL AND g.from_class_id = s.class_id AND (g.kind = 'graduate' OR n.year > c.year);

-- Applications for free meals: numbered within a calendar year. Those refused and those that ended early stay.
CREATE TABLE meal (
    org_id          INT UNSIGNED NOT NULL,
    id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    pupil_id        BIGINT UNSIGNED NOT NULL,
    year            SMALLINT UNSIGNED NOT NULL,      -- calendar year of the number
    number          INT UNSIGNED NOT NULL,
    submitted_on    DATE NOT NULL,
    applicant       VARCHAR(320) NOT NULL DEFAULT '', -- the parent, or the person in their place
    ground          VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- code list meal_ground
    ground_document VARCHAR(200) NOT NULL DEFAULT '', -- its name, number and date
    valid_from      DATE NOT NULL,
    valid_to        DATE NOT NULL,                   -- the last day
    file_id         VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- ids joined by ","
    state           ENUM('submitted','granted','refused','ended') NOT NULL DEFAULT 'submitted',
    decided_on      DATE NULL,
    ended_on        DATE NULL,                       -- ended early: the first day without
    remark          VARCHAR(300) NOT NULL DEFAULT '', -- why it was refused or ended
    version         INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    UNIQUE KEY (org_id, year, number),
    KEY (org_id, pupil_id),
    KEY (org_id, state, submitted_on)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;
