-- The directory: what belongs to no organisation. No foreign key leads from here to the school's rows.

CREATE TABLE territory (
    id        INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    parent_id INT UNSIGNED NULL,
    level     TINYINT UNSIGNED NOT NULL,          -- 0 republic, 1 region, 2 district or city
    kato      CHAR(9) CHARACTER SET ascii COLLATE ascii_bin NULL,
    version   INT UNSIGNED NOT NULL DEFAULT 1,
    UNIQUE KEY (kato),
    KEY (parent_id),
    CONSTRAINT territory_parent FOREIGN KEY (parent_id) REFERENCES territory (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE territory_name (
    territory_id INT UNSIGNED NOT NULL,
    valid_from   DATE NOT NULL,
    name_kk      VARCHAR(200) NOT NULL,
    name_ru      VARCHAR(200) NOT NULL,
    name_en      VARCHAR(200) NOT NULL,
    PRIMARY KEY (territory_id, valid_from),
    CONSTRAINT territory_name_of FOREIGN KEY (territory_id) REFERENCES territory (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE organisation (
    id           INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    uid          CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    territory_id INT UNSIGNED NOT NULL,
    kind         ENUM('school','college') NOT NULL,
    bin          CHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
    languages    VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- of instruction, codes joined by ","
    address      VARCHAR(300) NOT NULL DEFAULT '',
    phone        VARCHAR(60) NOT NULL DEFAULT '',
    email        VARCHAR(200) NOT NULL DEFAULT '',
    time_zone    VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'Asia/Almaty',
    closed_on    DATE NULL,
    version      INT UNSIGNED NOT NULL DEFAULT 1,
    UNIQUE KEY (uid),
    UNIQUE KEY (bin),
    KEY (territory_id),
    CONSTRAINT organisation_territory FOREIGN KEY (territory_id) REFERENCES territory (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE organisation_name (
    organisation_id INT UNSIGNED NOT NULL,
    valid_from      DATE NOT NULL,
    name_kk         VARCHAR(300) NOT NULL,
    name_ru         VARCHAR(300) NOT NULL,
    name_en         VARCHAR(300) NOT NULL,
    fold_key        VARCHAR(920) NOT NULL,        -- of the three names, for search
    PRIMARY KEY (organisation_id, valid_from),
    CONSTRAINT organisation_name_of FOREIGN KEY (organisation_id) REFERENCES organisation (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- The 12-digit system number of a person, which is the login too (AUTH-05).
CREATE SEQUENCE login_number START WITH 504801 INCREMENT BY 1 NOCACHE ENGINE=InnoDB;

-- One row per human: pupil, parent or employee, in several places perhaps.
CREATE TABLE person (
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    uid         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    login       CHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    iin         CHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
    surname     VARCHAR(100) NOT NULL,
    given       VARCHAR(100) NOT NULL,
    patronymic  VARCHAR(100) NOT NULL DEFAULT '',
    born_on     DATE NULL,
    sex         ENUM('M','F') NULL,
    sort_key    VARBINARY(400) NOT NULL,
    fold_key    VARCHAR(320) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    key_version TINYINT UNSIGNED NOT NULL,
    version     INT UNSIGNED NOT NULL DEFAULT 1,
    UNIQUE KEY (uid),
    UNIQUE KEY (login),
    UNIQUE KEY (iin),
    KEY (fold_key(60), born_on)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- A person who can sign in, or has been given the means to.
CREATE TABLE account (
    id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    person_id     BIGINT UNSIGNED NOT NULL,
    password      VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Argon2id; NULL = not activated
    language      ENUM('kk','ru','en') NOT NULL DEFAULT 'kk',
    roles_version INT UNSIGNED NOT NULL DEFAULT 1, -- raised when a grant of the person changes
    blocked_at    DATETIME(3) NULL,
    made_at       DATETIME(3) NOT NULL,
    UNIQUE KEY (person_id),
    CONSTRAINT account_person FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- A role in force from a day to a day, in an organisation, a territory, or (both NULL) the installation.
CREATE TABLE role_grant (
    id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    person_id    BIGINT UNSIGNED NOT NULL,
    role         VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    org_id       INT UNSIGNED NULL,
    territory_id INT UNSIGNED NULL,
    valid_from   DATE NOT NULL,
    valid_to     DATE NULL,                        -- the last day, inclusive
    granted_by   BIGINT UNSIGNED NULL,             -- account
    granted_at   DATETIME(3) NOT NULL,
    KEY (person_id),
    KEY (org_id, role),
    CONSTRAINT role_grant_person FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE session (
    id               BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    token_hash       BINARY(32) NOT NULL,
    account_id       BIGINT UNSIGNED NOT NULL,
    csrf             CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    made_at          DATETIME(3) NOT NULL,
    seen_at          DATETIME(3) NOT NULL,
    ended_at         DATETIME(3) NULL,
    address          VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    agent            VARCHAR(200) NOT NULL DEFAULT '',
    waiting_tasks    INT UNSIGNED NOT NULL DEFAULT 0,
    tasks_counted_at DATETIME(3) NULL,
    flash_kind       VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL,
    flash            VARCHAR(1000) NULL,            -- shown once
    UNIQUE KEY (token_hash),
    KEY (account_id, ended_at),
    KEY (seen_at),
    CONSTRAINT session_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE sign_in_failure (
    id      BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    login   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    at      DATETIME(3) NOT NULL,
    KEY (address, at),
    KEY (login, address, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE activation_slip (
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id  BIGINT UNSIGNED NOT NULL,
    code_hash   BINARY(32) NOT NULL,
    made_at     DATETIME(3) NOT NULL,
    made_by     BIGINT UNSIGNED NULL,
    valid_until DATETIME(3) NOT NULL,
    used_at     DATETIME(3) NULL,
    KEY (account_id, used_at),
    CONSTRAINT activation_slip_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- One posted form is done once: the key comes with the form, the result is the address the first one led to.
CREATE TABLE form_key (
    account_id BIGINT UNSIGNED NOT NULL,
    form_key   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    made_at    DATETIME(3) NOT NULL,
    result     VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin NULL,
    PRIMARY KEY (account_id, form_key),
    KEY (made_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;
