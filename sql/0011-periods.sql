-- Quarters and semesters of a school year. Days between two of them are holidays.
CREATE TABLE period (
    org_id    INT UNSIGNED NOT NULL,
    id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    year      SMALLINT UNSIGNED NOT NULL,
    kind      VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- code list period_kind
    starts_on DATE NOT NULL,
    ends_on   DATE NOT NULL,
    version   INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    UNIQUE KEY (org_id, year, kind),
    CONSTRAINT period_year FOREIGN KEY (org_id, year) REFERENCES school_year (org_id, year)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- Shifts of an organisation: when a part of its classes is at school.
CREATE TABLE shift (
    org_id    INT UNSIGNED NOT NULL,
    id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    number    TINYINT UNSIGNED NOT NULL,
    name      VARCHAR(60) NOT NULL DEFAULT '',
    begins_at TIME NOT NULL,
    ends_at   TIME NOT NULL,
    version   INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    UNIQUE KEY (org_id, number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

ALTER TABLE class
    ADD COLUMN shift_id BIGINT UNSIGNED NULL AFTER capacity,
    ADD CONSTRAINT class_shift FOREIGN KEY (org_id, shift_id) REFERENCES shift (org_id, id);
