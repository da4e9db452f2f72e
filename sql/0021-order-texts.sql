-- What the orders of an organisation say, where it has written them in its own words; without a row the program's usual ones.
CREATE TABLE order_text (
    org_id  INT UNSIGNED NOT NULL,
    kind    VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- code list order_kind
    version INT UNSIGNED NOT NULL DEFAULT 1,
    text_kk TEXT NOT NULL DEFAULT '', -- {names} of fields stand for what the form says, {list} for the people; '' = the usual words
    text_ru TEXT NOT NULL DEFAULT '',
    text_en TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (org_id, kind),
    FOREIGN KEY (org_id) REFERENCES organisation (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;
