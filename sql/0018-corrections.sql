-- What parents propose to change in the contacts of a pupil: a line a field, decided one by one.
CREATE TABLE correction (
    org_id      INT UNSIGNED NOT NULL,
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    pupil_id    BIGINT UNSIGNED NOT NULL,
    field       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- of the form of contacts
    value       VARCHAR(300) NOT NULL,
    state       ENUM('proposed','accepted','refused','replaced') NOT NULL DEFAULT 'proposed',
    proposed_at DATETIME(3) NOT NULL,
    proposed_by BIGINT UNSIGNED NOT NULL, -- account
    decided_at  DATETIME(3) NULL,
    decided_by  BIGINT UNSIGNED NULL,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    KEY (org_id, pupil_id, field),
    KEY (org_id, state, pupil_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;
