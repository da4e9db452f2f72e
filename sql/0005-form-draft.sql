-- A form posted after its session had lapsed: kept for the account, shown again after sign-in, never applied by itself.
CREATE TABLE form_draft (
    account_id BIGINT UNSIGNED NOT NULL,
    address    VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, -- the path it was posted to
    packed     MEDIUMTEXT NOT NULL,
    made_at    DATETIME(3) NOT NULL,
    PRIMARY KEY (account_id, address),
    CONSTRAINT form_draft_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;
