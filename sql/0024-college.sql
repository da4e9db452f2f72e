-- What a college does with its students beyond a school: academic leave, basis and form of study by order, specialities, claims to a
-- budget place, scholarships.

-- The list of specialities of an organisation; its groups name one.
CREATE TABLE speciality (
    org_id         INT UNSIGNED NOT NULL,
    id             BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    code           VARCHAR(20) NOT NULL,            -- by the classifier: 06130100
    name_kk        VARCHAR(200) NOT NULL,
    name_ru        VARCHAR(200) NOT NULL,
    name_en        VARCHAR(200) NOT NULL,
    qualifications VARCHAR(2000) NOT NULL DEFAULT '', -- one a line
    version        INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    UNIQUE KEY (org_id, code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- class.speciality was free text: what was typed becomes the list, numbered until somebody writes the codes.
ALTER TABLE class
    ADD COLUMN speciality_id BIGINT UNSIGNED NULL AFTER speciality,
    ADD COLUMN budget_places SMALLINT UNSIGNED NULL AFTER places, -- how many of the places of a mixed group
    ADD CONSTRAINT class_speciality FOREIGN KEY (org_id, speciality_id) REFERENCES speciality (org_id, id);
INSERT INTO speciality (org_id, code, name_kk, name_ru, name_en)
    SELECT t.org_id, CAST(ROW_NUMBER() OVER (PARTITION BY t.org_id ORDER BY t.speciality) AS CHAR), t.speciality, t.speciality, t.speciality
    FROM (SELECT org_id, MIN(speciality) AS speciality FROM class WHERE speciality <> '' GROUP BY org_id, speciality) t;
UPDATE class c JOIN speciality s ON s.org_id = c.org_id AND s.name_ru = c.speciality SET c.speciality_id = s.id;

-- A student on leave is in no group, and has not left; what the orders say last of the basis and the form of study.
ALTER TABLE pupil
    MODIFY COLUMN standing ENUM('registered','enrolled','left','withdrawn','on-leave') NOT NULL DEFAULT 'registered',
    ADD COLUMN funding      VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL, -- code list funding; the fold; NULL = by the type of the group
    ADD COLUMN ordered_form VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL; -- code list study_form; the fold; NULL = that at entry
ALTER TABLE movement
    ADD COLUMN funding    VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL AFTER certificate, -- the basis of study from then on
    ADD COLUMN study_form VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL AFTER funding,     -- the form of study from then on
    ADD COLUMN until_on   DATE NULL AFTER study_form;                                               -- of an academic leave

-- Claims of students on paid places to a budget place. A claim is satisfied by the movement that gives the place.
CREATE TABLE budget_claim (
    org_id       INT UNSIGNED NOT NULL,
    id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    pupil_id     BIGINT UNSIGNED NOT NULL,
    claimed_on   DATE NOT NULL,
    ground       VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- code list claim_ground
    average_mark VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- "4.75"
    withdrawn_on DATE NULL,
    remark       VARCHAR(300) NOT NULL DEFAULT '',
    file_id      VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- ids joined by ","
    version      INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    KEY (org_id, pupil_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- The ledger of scholarships: a row assigns one, stops another row's (stops_id) or undoes a row (voids_id), each by an order.
CREATE TABLE scholarship (
    org_id      INT UNSIGNED NOT NULL,
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    uid         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    pupil_id    BIGINT UNSIGNED NOT NULL,
    kind        VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- code list scholarship_kind
    amount      INT UNSIGNED NOT NULL,              -- tenge a month
    from_on     DATE NOT NULL,                      -- of a stop: the first day without
    until_on    DATE NULL,                          -- the last day
    order_id    BIGINT UNSIGNED NOT NULL,
    recorded_at DATETIME(3) NOT NULL,
    stops_id    BIGINT UNSIGNED NULL,
    voids_id    BIGINT UNSIGNED NULL,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    UNIQUE KEY (uid),
    UNIQUE KEY (org_id, voids_id),
    KEY (org_id, pupil_id),
    KEY (org_id, order_id),
    KEY (org_id, stops_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;
