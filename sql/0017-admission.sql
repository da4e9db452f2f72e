-- Applications for admission: numbered within a school year, with the papers that were brought. What an accepted one becomes is the
-- pupil's file.
CREATE TABLE application (
    org_id       INT UNSIGNED NOT NULL,
    id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    year         SMALLINT UNSIGNED NOT NULL,       -- school year of the entry
    number       INT UNSIGNED NOT NULL,
    submitted_on DATE NOT NULL,
    state        ENUM('submitted','accepted','refused','withdrawn') NOT NULL DEFAULT 'submitted',
    remark       VARCHAR(300) NOT NULL DEFAULT '', -- why it was refused or withdrawn
    surname      VARCHAR(100) NOT NULL,
    given        VARCHAR(100) NOT NULL,
    patronymic   VARCHAR(100) NOT NULL DEFAULT '',
    iin          CHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
    born_on      DATE NOT NULL,
    sex          ENUM('M','F') NOT NULL,
    sort_key     VARBINARY(400) NOT NULL,
    fold_key     VARCHAR(320) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    key_version  TINYINT UNSIGNED NOT NULL,
    grade        TINYINT UNSIGNED NOT NULL,
    language     VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
    speciality   VARCHAR(200) NOT NULL DEFAULT '', -- college
    address      VARCHAR(300) NOT NULL DEFAULT '',
    applicant    VARCHAR(320) NOT NULL DEFAULT '', -- the parent, or the person in their place
    degree       VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
    phone        VARCHAR(60) NOT NULL DEFAULT '',
    email        VARCHAR(200) NOT NULL DEFAULT '',
    papers       VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- code list admission_paper, joined by ","
    pupil_id     BIGINT UNSIGNED NULL,             -- the file that it has become
    version      INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    UNIQUE KEY (org_id, year, number),
    KEY (org_id, state, sort_key(80)),
    KEY (org_id, pupil_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;
