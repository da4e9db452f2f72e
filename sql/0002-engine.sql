-- What the engine keeps for every area. org_id 0 = of the installation.

CREATE TABLE file (
    org_id   INT UNSIGNED NOT NULL,
    id       BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    purpose  ENUM('scan','photo','package','result') NOT NULL,
    state    ENUM('checking','clean','bad') NOT NULL,
    fault    VARCHAR(200) NULL,                    -- msgid when bad
    name     VARCHAR(255) NOT NULL,
    mime     VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    size     BIGINT UNSIGNED NOT NULL,
    sha256   CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    pages    INT UNSIGNED NOT NULL DEFAULT 0,      -- images made of it
    made_at  DATETIME(3) NOT NULL,
    made_by  BIGINT UNSIGNED NULL,                 -- account
    keep_until DATETIME(3) NULL,                   -- results of jobs go; NULL = as long as something refers to it
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    KEY (sha256),
    KEY (org_id, made_by, made_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- Images of the pages of a file, stored by hash like files.
CREATE TABLE file_image (
    org_id  INT UNSIGNED NOT NULL,
    file_id BIGINT UNSIGNED NOT NULL,
    page    INT UNSIGNED NOT NULL,                 -- from 1
    sha256  CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    width   INT UNSIGNED NOT NULL,
    height  INT UNSIGNED NOT NULL,
    PRIMARY KEY (org_id, file_id, page)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE process (
    org_id       INT UNSIGNED NOT NULL,
    id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    kind         VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    year         SMALLINT UNSIGNED NOT NULL,
    state        ENUM('draft','waiting','done','cancelled','refused') NOT NULL,
    step         VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    packed       MEDIUMTEXT NOT NULL,              -- the values of all steps, urlencoded
    title        VARCHAR(300) NOT NULL DEFAULT '', -- what it is about, for lists: the first subject's label
    subject_kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    made_id      BIGINT UNSIGNED NULL,             -- what apply made
    order_id     BIGINT UNSIGNED NULL,
    started_by   BIGINT UNSIGNED NOT NULL,         -- account
    started_at   DATETIME(3) NOT NULL,
    changed_at   DATETIME(3) NOT NULL,
    version      INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    KEY (org_id, state, started_by),
    KEY (org_id, kind, state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE process_row (
    org_id     INT UNSIGNED NOT NULL,
    process_id BIGINT UNSIGNED NOT NULL,
    subject_id BIGINT UNSIGNED NOT NULL,
    outcome    VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    target_id  BIGINT UNSIGNED NULL,
    packed     TEXT NULL,                          -- the row's own values
    message    VARCHAR(500) NULL,                  -- msgid of what is wrong with it
    version    INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, process_id, subject_id),
    KEY (org_id, subject_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE process_event (
    org_id     INT UNSIGNED NOT NULL,
    id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    process_id BIGINT UNSIGNED NOT NULL,
    step       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    event      ENUM('start','submit','accept','return','refuse','cancel','apply','skip') NOT NULL,
    at         DATETIME(3) NOT NULL,
    account_id BIGINT UNSIGNED NOT NULL,
    remark     VARCHAR(1000) NULL,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    KEY (org_id, process_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE audit (
    org_id       INT UNSIGNED NOT NULL,
    id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    at           DATETIME(3) NOT NULL,
    account_id   BIGINT UNSIGNED NULL,             -- NULL = the system
    request      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    address      VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NULL,
    subject_kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject_id   BIGINT UNSIGNED NOT NULL,
    action       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    summary      VARCHAR(500) NULL,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    KEY (org_id, subject_kind, subject_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE audit_field (
    org_id       INT UNSIGNED NOT NULL,
    audit_id     BIGINT UNSIGNED NOT NULL,
    field        VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    label        VARCHAR(200) NOT NULL,            -- msgid
    value_before VARCHAR(2000) NULL,
    value_after  VARCHAR(2000) NULL,
    PRIMARY KEY (org_id, audit_id, field)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE job (
    org_id      INT UNSIGNED NOT NULL,
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    kind        VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state       ENUM('waiting','running','done','failed','cancelled') NOT NULL,
    account_id  BIGINT UNSIGNED NULL,
    language    ENUM('kk','ru','en') NOT NULL,
    input       TEXT NULL,
    made_at     DATETIME(3) NOT NULL,
    started_at  DATETIME(3) NULL,
    ended_at    DATETIME(3) NULL,
    lease_until DATETIME(3) NULL,
    tries       INT UNSIGNED NOT NULL DEFAULT 0,
    done        BIGINT UNSIGNED NOT NULL DEFAULT 0,
    total       BIGINT UNSIGNED NOT NULL DEFAULT 0,
    wants_stop  TINYINT UNSIGNED NOT NULL DEFAULT 0,
    said        TEXT NULL,
    result_file BIGINT UNSIGNED NULL,
    result_data TEXT NULL,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    KEY (state, lease_until, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE setting_value (
    org_id      INT UNSIGNED NOT NULL,
    setting_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    value       VARCHAR(2000) NOT NULL,
    version     INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, setting_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE feedback (
    org_id     INT UNSIGNED NOT NULL,
    id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    at         DATETIME(3) NOT NULL,
    account_id BIGINT UNSIGNED NOT NULL,
    page       VARCHAR(500) NOT NULL,
    words      VARCHAR(4000) NOT NULL,
    answered_at DATETIME(3) NULL,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;
