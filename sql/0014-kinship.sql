-- Family: where a parent works; a kinship that has ended stays with its day and reason.
ALTER TABLE kinship
    ADD COLUMN work       VARCHAR(300) NOT NULL DEFAULT '' AFTER email,
    ADD COLUMN ended_on   DATE NULL AFTER work,
    ADD COLUMN end_reason VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL AFTER ended_on; -- code list kinship_end
-- Where else a human is known is asked by person, in every organisation at once.
CREATE INDEX employee_person ON employee (person_id);
