-- The school's rows: org_id first, always.

CREATE TABLE school_year (
    org_id    INT UNSIGNED NOT NULL,
    year      SMALLINT UNSIGNED NOT NULL,          -- 2026 = 2026–2027
    starts_on DATE NOT NULL,
    ends_on   DATE NOT NULL,
    version   INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, year)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- Orders of the organisation. A number is reserved by the first saved draft and never used again.
CREATE TABLE school_order (
    org_id      INT UNSIGNED NOT NULL,
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    uid         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    journal     VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- code list order_journal
    year        SMALLINT UNSIGNED NOT NULL,        -- calendar year of the date
    number      VARCHAR(30) NOT NULL,
    ordinal     INT UNSIGNED NOT NULL,             -- the number's leading digits, 0 for none: gaps and the next one
    doubled     SMALLINT UNSIGNED NOT NULL DEFAULT 0, -- 0; 1… only for doubles that came by import
    state       ENUM('reserved','signed','gap') NOT NULL,
    kind        VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- "enrol", "opening-balance" …
    dated       DATE NULL,
    summary     VARCHAR(500) NOT NULL DEFAULT '',
    gap_reason  VARCHAR(300) NULL,
    cancels_id  BIGINT UNSIGNED NULL,
    process_id  BIGINT UNSIGNED NULL,
    import_id   BIGINT UNSIGNED NULL,
    recorded_at DATETIME(3) NOT NULL,
    recorded_by BIGINT UNSIGNED NULL,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    UNIQUE KEY (uid),
    UNIQUE KEY (org_id, journal, year, number, doubled),
    KEY (org_id, journal, year, ordinal),
    KEY (org_id, dated)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE order_scan (
    org_id   INT UNSIGNED NOT NULL,
    order_id BIGINT UNSIGNED NOT NULL,
    position SMALLINT UNSIGNED NOT NULL,
    file_id  BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (org_id, order_id, position),
    KEY (org_id, file_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- A class (school) or group (college) of one school year.
CREATE TABLE class (
    org_id        INT UNSIGNED NOT NULL,
    id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    uid           CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    year          SMALLINT UNSIGNED NOT NULL,
    grade         TINYINT UNSIGNED NOT NULL,       -- parallel 0…12, or course 1…5
    name_kk       VARCHAR(60) NOT NULL,            -- "А" of 10-А; the whole name of a group
    name_ru       VARCHAR(60) NOT NULL,
    name_en       VARCHAR(60) NOT NULL,
    language      VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL, -- of instruction
    profile       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    mark          VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- class mark (CON-14)
    impairment    TINYINT UNSIGNED NOT NULL DEFAULT 0,
    home_schooled TINYINT UNSIGNED NOT NULL DEFAULT 0,
    room          VARCHAR(30) NOT NULL DEFAULT '',
    capacity      SMALLINT UNSIGNED NULL,
    entry_year    SMALLINT UNSIGNED NULL,
    group_type    VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL, -- college (CON-07)
    places        SMALLINT UNSIGNED NULL,
    speciality    VARCHAR(200) NOT NULL DEFAULT '',
    ended_on      DATE NULL,                       -- disbanded
    is_open       TINYINT AS (IF(ended_on IS NULL, 1, NULL)) PERSISTENT, -- NULL is never a double: a name may be used again
    version       INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    UNIQUE KEY (uid),
    UNIQUE KEY (org_id, year, grade, name_ru, is_open),
    KEY (org_id, year, grade)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- Who leads a class, from a day to a day: class teacher, curator, master.
CREATE TABLE class_head (
    org_id     INT UNSIGNED NOT NULL,
    id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    class_id   BIGINT UNSIGNED NOT NULL,
    person_id  BIGINT UNSIGNED NOT NULL,
    duty       ENUM('class-teacher','curator','master') NOT NULL,
    valid_from DATE NOT NULL,
    valid_to   DATE NULL,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    KEY (org_id, class_id, duty),
    KEY (org_id, person_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- A pupil's (student's) file in one organisation; it holds the names as this organisation knows them.
CREATE TABLE pupil (
    org_id        INT UNSIGNED NOT NULL,
    id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    uid           CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person_id     BIGINT UNSIGNED NOT NULL,
    surname       VARCHAR(100) NOT NULL,
    given         VARCHAR(100) NOT NULL,
    patronymic    VARCHAR(100) NOT NULL DEFAULT '',
    born_on       DATE NULL,
    sex           ENUM('M','F') NULL,
    sort_key      VARBINARY(400) NOT NULL,
    fold_key      VARCHAR(320) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    key_version   TINYINT UNSIGNED NOT NULL,
    grade         TINYINT UNSIGNED NOT NULL,       -- the parallel or course registered for
    resident      TINYINT UNSIGNED NOT NULL DEFAULT 1,
    no_iin_reason VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    email         VARCHAR(200) NOT NULL DEFAULT '',
    phone         VARCHAR(60) NOT NULL DEFAULT '',
    address       VARCHAR(300) NOT NULL DEFAULT '',
    citizenship   VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
    nationality   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    birth_place   VARCHAR(300) NOT NULL DEFAULT '',
    entered_on    DATE NULL,                       -- college: date of entry (CON-22)
    registered_at DATETIME(3) NOT NULL,
    class_id      BIGINT UNSIGNED NULL,            -- today's fold of the ledger: NULL = without class
    standing      ENUM('registered','enrolled','left') NOT NULL DEFAULT 'registered', -- the fold, too
    version       INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    UNIQUE KEY (uid),
    UNIQUE KEY (org_id, person_id),
    KEY (org_id, class_id, sort_key(80)),
    KEY (org_id, standing, sort_key(80))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- Documents of a pupil's file: kind, number, scan.
CREATE TABLE pupil_document (
    org_id    INT UNSIGNED NOT NULL,
    id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    pupil_id  BIGINT UNSIGNED NOT NULL,
    kind      VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    series    VARCHAR(20) NOT NULL DEFAULT '',
    number    VARCHAR(40) NOT NULL DEFAULT '',
    issued_by VARCHAR(200) NOT NULL DEFAULT '',
    issued_on DATE NULL,
    file_id   VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- ids joined by ","
    version   INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    KEY (org_id, pupil_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE kinship (
    org_id    INT UNSIGNED NOT NULL,
    id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    pupil_id  BIGINT UNSIGNED NOT NULL,
    person_id BIGINT UNSIGNED NOT NULL,
    degree    VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    phone     VARCHAR(60) NOT NULL DEFAULT '',
    email     VARCHAR(200) NOT NULL DEFAULT '',
    version   INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    UNIQUE KEY (org_id, pupil_id, person_id),
    KEY (org_id, person_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- The movement ledger: rows are added by orders and never changed; a row is undone by another that names it in voids_id.
CREATE TABLE movement (
    org_id        INT UNSIGNED NOT NULL,
    id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    uid           CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    pupil_id      BIGINT UNSIGNED NOT NULL,
    kind          VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- code list movement_kind
    from_class_id BIGINT UNSIGNED NULL,
    to_class_id   BIGINT UNSIGNED NULL,
    effective_on  DATE NOT NULL,
    recorded_at   DATETIME(3) NOT NULL,
    order_id      BIGINT UNSIGNED NOT NULL,
    reason        VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    note          VARCHAR(300) NULL,
    voids_id      BIGINT UNSIGNED NULL,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    UNIQUE KEY (uid),
    UNIQUE KEY (org_id, voids_id),
    KEY (org_id, pupil_id, effective_on, id),
    KEY (org_id, order_id),
    KEY (org_id, effective_on)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- The fold of the unvoided movements by (effective_on, id): who was in which class from when to when (exclusive).
CREATE TABLE membership (
    org_id      INT UNSIGNED NOT NULL,
    pupil_id    BIGINT UNSIGNED NOT NULL,
    from_on     DATE NOT NULL,
    class_id    BIGINT UNSIGNED NOT NULL,
    to_on       DATE NULL,
    movement_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (org_id, pupil_id, movement_id),
    KEY (org_id, class_id, to_on)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- Staff, enough to sign in and to lead a class.
CREATE TABLE employee (
    org_id         INT UNSIGNED NOT NULL,
    id             BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    uid            CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person_id      BIGINT UNSIGNED NOT NULL,
    surname        VARCHAR(100) NOT NULL,
    given          VARCHAR(100) NOT NULL,
    patronymic     VARCHAR(100) NOT NULL DEFAULT '',
    born_on        DATE NULL,
    sex            ENUM('M','F') NULL,
    sort_key       VARBINARY(400) NOT NULL,
    fold_key       VARCHAR(320) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    key_version    TINYINT UNSIGNED NOT NULL,
    position       VARCHAR(200) NOT NULL DEFAULT '',
    may_lead_class TINYINT UNSIGNED NOT NULL DEFAULT 0, -- AUTH-06
    email          VARCHAR(200) NOT NULL DEFAULT '',
    phone          VARCHAR(60) NOT NULL DEFAULT '',
    hired_on       DATE NOT NULL,
    left_on        DATE NULL,
    version        INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    UNIQUE KEY (uid),
    UNIQUE KEY (org_id, person_id),
    KEY (org_id, sort_key(80))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- Imports of contingent packages: staged rows, then true in one transaction by organisation.
CREATE TABLE import_batch (
    org_id      INT UNSIGNED NOT NULL,             -- 0 when the package brings its own organisations
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    file_id     BIGINT UNSIGNED NULL,
    state       ENUM('reading','staged','applying','applied','undoing','refused','undone') NOT NULL,
    fault       VARCHAR(1000) NULL,
    made_at     DATETIME(3) NOT NULL,
    made_by     BIGINT UNSIGNED NULL,
    applied_at  DATETIME(3) NULL,
    undone_at   DATETIME(3) NULL,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE import_row (
    batch_id  BIGINT UNSIGNED NOT NULL,
    id        INT UNSIGNED NOT NULL,               -- running number in the file
    line      INT UNSIGNED NOT NULL,
    kind      VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- the element: person, organisation, class, pupil …
    uid       CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,    -- of an element without one: made of its key
    org_uid   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    packed    TEXT NOT NULL,                       -- attributes, a JSON object
    is_double TINYINT UNSIGNED NOT NULL DEFAULT 0, -- an earlier row of the file has the same uid
    is_bad    TINYINT UNSIGNED NOT NULL DEFAULT 0, -- wrong by itself: reason says why
    target_id BIGINT UNSIGNED NULL,                -- the row of the school that it tells about, or has become
    applied   TINYINT UNSIGNED NOT NULL DEFAULT 0, -- this batch wrote it
    verdict   ENUM('new','same','changed','conflict','rejected') NULL,
    reason    VARCHAR(300) NULL,                   -- msgid
    PRIMARY KEY (batch_id, id),
    KEY by_kind (batch_id, kind, uid),
    KEY (batch_id, verdict)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;
