-- Papers that the organisation gives out, by the register of papers issued. What the paper says stands in the row: it does not
-- change with the pupil's file.
CREATE TABLE paper (
    org_id       INT UNSIGNED NOT NULL,
    id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    pupil_id     BIGINT UNSIGNED NOT NULL,
    kind         VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'study', -- code list paper_kind
    state        ENUM('ordered','issued','refused') NOT NULL,
    addressee    VARCHAR(300) NOT NULL DEFAULT '',  -- where it is presented
    ordered_at   DATETIME(3) NOT NULL,
    ordered_by   BIGINT UNSIGNED NOT NULL,          -- account
    remark       VARCHAR(300) NOT NULL DEFAULT '',  -- why it was refused
    year         SMALLINT UNSIGNED NULL,            -- calendar year of the register
    number       INT UNSIGNED NULL,                 -- within kind and year
    issued_on    DATE NULL,
    issued_by    BIGINT UNSIGNED NULL,              -- account
    code         CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NULL, -- opens the public page of the paper
    full_name    VARCHAR(320) NOT NULL DEFAULT '',
    born_on      DATE NULL,
    class        VARCHAR(300) NOT NULL DEFAULT '',  -- packed: grade|kk|ru|en
    school_year  SMALLINT UNSIGNED NULL,
    study_form   VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
    organisation VARCHAR(1000) NOT NULL DEFAULT '', -- packed: kk|ru|en
    signed_by    VARCHAR(320) NOT NULL DEFAULT '',  -- the head
    version      INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    UNIQUE KEY (code),
    UNIQUE KEY (org_id, kind, year, number),
    KEY (org_id, pupil_id),
    KEY (org_id, state, ordered_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;
