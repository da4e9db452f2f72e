-- Classes by dates: whoever was in a class of a year that is over is counted from the index alone.
ALTER TABLE membership ADD KEY (org_id, class_id, to_on, from_on), DROP KEY org_id;

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
