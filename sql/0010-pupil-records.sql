-- What a pupil's file keeps in rows, each with its days and its scan.

-- Social passport: from a day to a day, by a document.
CREATE TABLE pupil_social (
    org_id     INT UNSIGNED NOT NULL,
    id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    pupil_id   BIGINT UNSIGNED NOT NULL,
    category   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- code list social_category
    ground     VARCHAR(200) NOT NULL DEFAULT '',
    valid_from DATE NOT NULL,
    valid_to   DATE NULL,
    file_id    VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- ids joined by ","
    version    INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    KEY (org_id, pupil_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE pupil_health (
    org_id       INT UNSIGNED NOT NULL,
    id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    pupil_id     BIGINT UNSIGNED NOT NULL,
    examined_on  DATE NOT NULL,
    health_group VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
    pe_group     VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
    special_need VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    conclusion   VARCHAR(200) NOT NULL DEFAULT '',
    file_id      VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    version      INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    KEY (org_id, pupil_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE pupil_achievement (
    org_id        INT UNSIGNED NOT NULL,
    id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    pupil_id      BIGINT UNSIGNED NOT NULL,
    contest_kind  VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    contest       VARCHAR(300) NOT NULL,
    contest_level VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    contest_place VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    held_on       DATE NOT NULL,
    file_id       VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    version       INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    KEY (org_id, pupil_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;
