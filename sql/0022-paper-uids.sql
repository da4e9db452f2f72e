-- Papers issued and applications for admission are exchanged: each has a name of its own.
ALTER TABLE paper       ADD COLUMN uid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT UUID() AFTER id, ADD UNIQUE KEY (uid);
ALTER TABLE application ADD COLUMN uid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT UUID() AFTER id, ADD UNIQUE KEY (uid);
