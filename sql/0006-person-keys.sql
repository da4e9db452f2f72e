-- The roles that follow from the school's rows (pupil, parent, class teacher) are found by person, in every organisation at once.
CREATE INDEX pupil_person ON pupil (person_id);
CREATE INDEX kinship_person ON kinship (person_id);
CREATE INDEX class_head_person ON class_head (person_id);
