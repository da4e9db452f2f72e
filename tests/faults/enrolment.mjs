// enrolment.mjs: enrolments by order of several pupils at once, and what must hold of all of them whatever was killed.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { until } from './house.mjs';

const place = '/1/2026';
const pupilsOfOne = 20;

// Registered pupils, a class without a limit and a scan that was checked.
export function furnish(house, pupils) {
  house.firstProcess = house.number('SELECT COALESCE(MAX(id), 0) FROM process');
  house.rows(`
    SET @person = (SELECT person_id FROM pupil WHERE org_id = 1 LIMIT 1);
    SET @pupil = (SELECT id FROM pupil WHERE org_id = 1 LIMIT 1);
    INSERT INTO person (uid, login, surname, given, patronymic, sort_key, fold_key, key_version)
      SELECT UUID(), CONCAT('x', LPAD(seq, 11, '0')), surname, given, patronymic, sort_key, fold_key, key_version
      FROM seq_1_to_${pupils} JOIN person ON person.id = @person;
    INSERT INTO pupil (org_id, uid, person_id, surname, given, sort_key, fold_key, key_version, grade, registered_at)
      SELECT 1, UUID(), n.id, p.surname, p.given, p.sort_key, p.fold_key, p.key_version, p.grade, p.registered_at
      FROM person n JOIN pupil p ON p.org_id = 1 AND p.id = @pupil WHERE n.login LIKE 'x%';
    UPDATE class SET capacity = NULL WHERE org_id = 1;
    INSERT INTO file (org_id, purpose, state, name, mime, size, sha256, made_at)
      VALUES (1, 'scan', 'clean', 'prikaz.pdf', 'application/pdf', 1, REPEAT('ab', 32), '2026-01-01')`);
  const [[grade]] = house.rows('SELECT p.grade FROM pupil p JOIN person n ON n.id = p.person_id WHERE n.login LIKE "x%" LIMIT 1');
  return {
    free: house.rows('SELECT p.id FROM pupil p JOIN person n ON n.id = p.person_id WHERE n.login LIKE "x%" ORDER BY p.id').map(([id]) => id),
    grade,
    class: house.rows(`SELECT id FROM class WHERE org_id = 1 AND year = 2026 AND grade = ${grade} LIMIT 1`)[0][0],
    scan: house.rows('SELECT MAX(id) FROM file WHERE org_id = 1')[0][0],
    made: 0,
  };
}

const version = (house, process) => house.number(`SELECT version FROM process WHERE org_id = 1 AND id = ${process}`);

// Everything but the last click; gives what the last click sends.
export async function prepare(house, stock, count = pupilsOfOne) {
  const ids = stock.free.splice(0, count).join(',');
  const started = await house.post(`${place}/start/enrol-pupil`, { list: 'without-class', ids, form_key: randomUUID() });
  assert.equal(started.status, 303, `the start: ${started.body.slice(-600)}`);
  const process = /processes\/(\d+)/.exec(started.headers.location)[1];
  const number = `F-${++stock.made}`;
  const filled = await house.post(`${place}/processes/${process}`, {
    action: 'submit', form_key: randomUUID(), version: version(house, process), grade: stock.grade, class: stock.class,
    order_scan: stock.scan, order_number: number, order_date: '01.10.2026', order_summary: 'О зачислении',
  });
  assert.match(filled.headers.location ?? '', /check=1/, `the particulars: ${filled.status} ${/error[^>]*>[^<]+/.exec(filled.body)}`);
  const click = { action: 'submit', checked: '1', form_key: randomUUID(), version: version(house, process) };
  return { process, number, path: `${place}/processes/${process}`, click, promised: null };
}

// The click; what was promised to the person is kept.
export async function confirm(house, enrolment) {
  const answer = await house.post(enrolment.path, enrolment.click);
  if (answer.status === 303) {
    enrolment.promised ??= answer.headers.location;
    assert.equal(answer.headers.location, enrolment.promised, 'the repeated click leads to the same page');
  }
  return answer;
}

// The person clicks again until it is done; anything but "not now" and "done" is a fault.
export function confirmUntilDone(house, enrolment) {
  return until(`enrolment ${enrolment.process} is done`, async () => {
    const { status } = await confirm(house, enrolment);
    assert.ok([0, 303, 502, 503].includes(status), `the click is answered by ${status}`);
    return status === 303;
  });
}

const faults = {
  'a process is done without a signed order, or has one and is not done': `
    SELECT p.id FROM process p LEFT JOIN school_order o ON o.org_id = p.org_id AND o.id = p.order_id
    WHERE p.kind = 'enrol-pupil' AND p.id > @first AND (p.state = 'done') <> (o.state <=> 'signed')`,
  'a signed order without its process': `
    SELECT o.id FROM school_order o JOIN process p ON p.org_id = o.org_id AND p.id = o.process_id
    WHERE o.state = 'signed' AND p.order_id <> o.id`,
  'an order twice': 'SELECT number FROM school_order WHERE number LIKE "F-%" GROUP BY number HAVING COUNT(*) > 1',
  'not one movement for each subject': `
    SELECT p.id FROM process p JOIN process_row r ON r.org_id = p.org_id AND r.process_id = p.id
    WHERE p.kind = 'enrol-pupil' AND p.id > @first AND (p.state = 'done') <>
      (SELECT COUNT(*) FROM movement m WHERE m.org_id = p.org_id AND m.order_id = p.order_id AND m.pupil_id = r.subject_id)`,
  'not one audit record for each subject': `
    SELECT p.id FROM process p JOIN process_row r ON r.org_id = p.org_id AND r.process_id = p.id
    WHERE p.kind = 'enrol-pupil' AND p.id > @first AND (p.state = 'done') <>
      (SELECT COUNT(*) FROM audit a WHERE a.org_id = p.org_id AND a.subject_kind = 'pupil' AND a.subject_id = r.subject_id AND a.action = 'enrol-pupil')`,
};

// Nothing half-done, nothing twice, nothing promised and missing, and the ledgers say what is stored.
export async function checkAll(house, enrolments) {
  for (const [words, sql] of Object.entries(faults))
    assert.deepEqual(house.rows(`SET @first = ${house.firstProcess}; ${sql} LIMIT 5`), [], words);
  const done = new Set(house.rows("SELECT id FROM process WHERE org_id = 1 AND state = 'done'").map(([id]) => id));
  for (const { process, promised } of enrolments)
    if (promised !== null) assert.ok(done.has(process), `process ${process} was confirmed and is not there`);
  assert.match(await house.ctl('check'), /no differences/);
}
