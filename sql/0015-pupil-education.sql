-- The pupil's file: names for a passport, photo, both addresses, and what is studied how.
ALTER TABLE pupil
    ADD COLUMN surname_latin    VARCHAR(100) NOT NULL DEFAULT '' AFTER patronymic,
    ADD COLUMN given_latin      VARCHAR(100) NOT NULL DEFAULT '' AFTER surname_latin,
    ADD COLUMN photo_id         VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' AFTER birth_place, -- a scan's id
    ADD COLUMN territory_id     INT UNSIGNED NULL AFTER phone,                  -- where the pupil lives; address is in it
    ADD COLUMN reg_territory_id INT UNSIGNED NULL AFTER address,                -- where the pupil is registered
    ADD COLUMN reg_address      VARCHAR(300) NOT NULL DEFAULT '' AFTER reg_territory_id,
    ADD COLUMN language         VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL, -- of instruction; NULL = that of the class
    ADD COLUMN study_form       VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL, -- code list study_form
    ADD COLUMN second_language  VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN profile          VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL = that of the class
    ADD COLUMN entered_from     VARCHAR(300) NOT NULL DEFAULT '';
