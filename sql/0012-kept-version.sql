-- What the workers keep of organisations, their names, school years and territories is as of this number: whatever changes one of
-- them raises it in the same transaction. One row, id 1; none = 0.
CREATE TABLE kept_version (
    id      TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    version BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;
