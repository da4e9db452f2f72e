-- Rows of a pupil's file are exchanged: each has a name of its own.
ALTER TABLE pupil_document    ADD COLUMN uid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT UUID() AFTER id, ADD UNIQUE KEY (uid);
ALTER TABLE pupil_social      ADD COLUMN uid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT UUID() AFTER id, ADD UNIQUE KEY (uid);
ALTER TABLE pupil_health      ADD COLUMN uid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT UUID() AFTER id, ADD UNIQUE KEY (uid);
ALTER TABLE pupil_achievement ADD COLUMN uid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT UUID() AFTER id, ADD UNIQUE KEY (uid);
