-- Applications for meals, claims to budget places and corrections of contacts are exchanged: each has a name of its own.
ALTER TABLE meal         ADD COLUMN uid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT UUID() AFTER id, ADD UNIQUE KEY (uid);
ALTER TABLE budget_claim ADD COLUMN uid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT UUID() AFTER id, ADD UNIQUE KEY (uid);
ALTER TABLE correction   ADD COLUMN uid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT UUID() AFTER id, ADD UNIQUE KEY (uid);

-- Each row of an import is given its verdict once or twice: an index of it costs more than it finds.
ALTER TABLE import_row DROP KEY batch_id;
-- An import gives thousands of people their numbers at once: a write to the disk for each is too much. What a crash loses is a gap.
ALTER SEQUENCE login_number CACHE 1000;
