-- The second factor of an account: a secret sealed with the installation's key, recovery codes by their keyed hash.
CREATE TABLE second_factor (
    account_id   BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    secret       VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    made_at      DATETIME(3) NOT NULL,
    confirmed_at DATETIME(3) NULL,                 -- NULL = offered: no code has been typed yet
    last_step    BIGINT UNSIGNED NOT NULL DEFAULT 0, -- of the last code that was taken: it and earlier ones are used up
    codes        VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NULL, -- the recovery codes, sealed, while they are being shown
    codes_until  DATETIME(3) NULL,
    CONSTRAINT second_factor_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE recovery_code (
    account_id BIGINT UNSIGNED NOT NULL,
    code_hash  BINARY(32) NOT NULL,
    used_at    DATETIME(3) NULL,
    PRIMARY KEY (account_id, code_hash),
    CONSTRAINT recovery_code_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- A sign-in whose password was right and whose code is still to come; the browser holds the token.
CREATE TABLE pending_sign_in (
    token_hash BINARY(32) NOT NULL PRIMARY KEY,
    account_id BIGINT UNSIGNED NOT NULL,
    made_at    DATETIME(3) NOT NULL,
    tries      INT UNSIGNED NOT NULL DEFAULT 0,    -- codes that were wrong
    KEY (account_id, made_at),
    CONSTRAINT pending_sign_in_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;
