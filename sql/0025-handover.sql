-- Pupils who go over to another school, and pupils who come from one.

-- Who left for another organisation of education: the departure slip, and the arrival slip that says where the pupil came to.
CREATE TABLE departure (
    org_id         INT UNSIGNED NOT NULL,
    id             BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    uid            CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT UUID(),
    pupil_id       BIGINT UNSIGNED NOT NULL,
    order_id       BIGINT UNSIGNED NOT NULL,        -- of the exclusion
    state          ENUM('open','confirmed','returned') NOT NULL DEFAULT 'open', -- returned: the order was cancelled, or the pupil came back
    year           SMALLINT UNSIGNED NOT NULL,      -- calendar year of the register of slips
    number         INT UNSIGNED NOT NULL,           -- within it
    left_on        DATE NOT NULL,
    class          VARCHAR(300) NOT NULL,           -- packed: grade|kk|ru|en
    to_org_id      INT UNSIGNED NULL,               -- an organisation of this installation
    to_org_uid     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL, -- of that organisation, wherever the row is imported
    to_name        VARCHAR(1000) NOT NULL,          -- as typed; of an organisation with a uid packed: kk|ru|en
    to_place       VARCHAR(300) NOT NULL DEFAULT '',
    arrival_number VARCHAR(40) NOT NULL DEFAULT '', -- of the arrival slip, or of the order that has accepted the pupil
    arrival_on     DATE NULL,
    arrival_name   VARCHAR(300) NOT NULL DEFAULT '', -- who has sent the slip
    arrival_note   VARCHAR(300) NOT NULL DEFAULT '',
    file_id        VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- ids joined by ","
    declined       VARCHAR(300) NOT NULL DEFAULT '', -- why the other organisation does not accept the pupil
    is_accepted    TINYINT UNSIGNED NOT NULL DEFAULT 0, -- by an order of that organisation
    returned_by    BIGINT UNSIGNED NULL,            -- order
    version        INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    UNIQUE KEY (uid),
    KEY (org_id, state, left_on),
    KEY (org_id, pupil_id),
    KEY (org_id, order_id),
    KEY (org_id, year, number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- The same departure where the pupil goes: what may be known there before the file comes, by an order of enrolment.
CREATE TABLE arriving (
    org_id        INT UNSIGNED NOT NULL,
    id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    state         ENUM('waiting','accepted','declined','taken-back') NOT NULL DEFAULT 'waiting',
    from_org_id   INT UNSIGNED NOT NULL,
    from_pupil_id BIGINT UNSIGNED NOT NULL,
    departure_id  BIGINT UNSIGNED NOT NULL,
    person_id     BIGINT UNSIGNED NOT NULL,
    surname       VARCHAR(100) NOT NULL,
    given         VARCHAR(100) NOT NULL,
    patronymic    VARCHAR(100) NOT NULL DEFAULT '',
    born_on       DATE NULL,
    sort_key      VARBINARY(400) NOT NULL,
    fold_key      VARCHAR(320) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    key_version   TINYINT UNSIGNED NOT NULL,
    from_name     VARCHAR(1000) NOT NULL,           -- packed: kk|ru|en
    from_kind     ENUM('school','college') NOT NULL,
    class         VARCHAR(300) NOT NULL,            -- packed: grade|kk|ru|en
    left_on       DATE NOT NULL,
    order_number  VARCHAR(30) NOT NULL,             -- of the exclusion
    order_dated   DATE NULL,
    made_at       DATETIME(3) NOT NULL,
    reason        VARCHAR(300) NOT NULL DEFAULT '', -- why it is declined
    order_id      BIGINT UNSIGNED NULL,             -- that has accepted the pupil
    pupil_id      BIGINT UNSIGNED NULL,             -- the file here
    version       INT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    UNIQUE KEY (id),
    UNIQUE KEY (departure_id),
    KEY (org_id, state, sort_key(80)),
    KEY (org_id, person_id),
    KEY (org_id, order_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- Who has left by transfer before: nobody knows of the arrival.
INSERT INTO departure (org_id, pupil_id, order_id, year, number, left_on, class, to_name)
SELECT m.org_id, m.pupil_id, m.order_id, YEAR(o.dated), ROW_NUMBER() OVER (PARTITION BY m.org_id, YEAR(o.dated) ORDER BY m.id), m.effective_on,
    IF(c.id IS NULL, '', CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en)), COALESCE(m.note, '')
FROM movement m
JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id AND p.standing = 'left'
JOIN school_order o ON o.org_id = m.org_id AND o.id = m.order_id AND o.dated IS NOT NULL
LEFT JOIN class c ON c.org_id = m.org_id AND c.id = m.from_class_id
LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id
WHERE m.kind = 'exclude' AND m.reason = 'transfer' AND v.id IS NULL
    AND NOT EXISTS (SELECT 1 FROM movement l WHERE l.org_id = m.org_id AND l.pupil_id = m.pupil_id AND l.id > m.id AND l.voids_id IS NULL);
