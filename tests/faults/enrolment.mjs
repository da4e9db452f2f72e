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
    INSERT INTO file (org_id, purpose, state, name, mime, size, sha256, made_at, made_by)
      SELECT 1, 'scan', 'clean', 'prikaz.pdf', 'application/pdf', 1, REPEAT('ab', 32), '2026-01-01', a.id
      FROM account a JOIN person n ON n.id = a.person_id WHERE n.login = '${house.logins.secretary.login}'`);
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
  const pupils = stock.free.splice(0, count);
  const started = await house.post(`${place}/start/enrol-pupil`, { list: 'without-class', ids: pupils.join(','), form_key: randomUUID() });
  assert.equal(started.status, 303, `the start: ${started.body.slice(-600)}`);
  const process = /processes\/(\d+)/.exec(started.headers.location)[1];
  const number = `F-${++stock.made}`;
  const filled = await house.post(`${place}/processes/${process}`, {
    action: 'submit', form_key: randomUUID(), version: version(house, process), grade: stock.grade, class: stock.class,
    order_scan: stock.scan, order_number: number, order_date: '01.10.2026', order_summary: 'О зачислении',
  });
  assert.match(filled.headers.location ?? '', /check=1/, `the particulars: ${filled.status} ${/error[^>]*>[^<]+/.exec(filled.body)}`);
  const click = { action: 'submit', checked: '1', form_key: randomUUID(), version: version(house, process) };
  return { process, number, pupils, scan: stock.scan, path: `${place}/processes/${process}`, click, promised: null };
}

export const post = (house, { path, click }) => house.post(path, click);

const expected = [0, 303, 502, 503];

// The click; what was promised to the person is kept. Anything but "not now" and "done" is a fault.
export async function confirm(house, enrolment) {
  const answer = await post(house, enrolment);
  assert.ok(expected.includes(answer.status), `the click is answered by ${answer.status}: ${answer.body.slice(0, 2000)}`);
  if (answer.status === 303) {
    enrolment.promised ??= answer.headers.location;
    assert.equal(answer.headers.location, enrolment.promised, 'the repeated click leads to the same page');
  }
  return answer;
}

const isDone = (house, { process }) => house.rows(`SELECT state FROM process WHERE org_id = 1 AND id = ${process}`)[0][0] === 'done';

// The person clicks again until it is done; a large one is done by a job some time after it was taken.
export async function confirmUntilDone(house, enrolment) {
  await until(`enrolment ${enrolment.process} is taken`, async () => (await confirm(house, enrolment)).status === 303);
  await until(`enrolment ${enrolment.process} is done`, () => isDone(house, enrolment));
}

const faults = {
  'a process is done without a signed order, or has one and is not done': `
    SELECT p.id FROM process p LEFT JOIN school_order o ON o.org_id = p.org_id AND o.id = p.order_id
    WHERE p.kind = 'enrol-pupil' AND p.id > @first AND (p.state = 'done') <> (o.state <=> 'signed')`,
  'a signed order without its process': `
    SELECT o.id FROM school_order o JOIN process p ON p.org_id = o.org_id AND p.id = o.process_id
    WHERE o.state = 'signed' AND p.order_id <> o.id`,
  'a process with two orders': `
    SELECT process_id AS id FROM school_order WHERE process_id > @first GROUP BY org_id, process_id HAVING COUNT(*) > 1`,
  'an order number twice': 'SELECT MIN(id) AS id FROM school_order WHERE number LIKE "F-%" GROUP BY number HAVING COUNT(*) > 1',
  'not one movement for each subject': `
    SELECT p.id FROM process p JOIN process_row r ON r.org_id = p.org_id AND r.process_id = p.id
    WHERE p.kind = 'enrol-pupil' AND p.id > @first AND (p.state = 'done') <>
      (SELECT COUNT(*) FROM movement m WHERE m.org_id = p.org_id AND m.order_id = p.order_id AND m.pupil_id = r.subject_id)`,
  'not one audit record for each subject': `
    SELECT p.id FROM process p JOIN process_row r ON r.org_id = p.org_id AND r.process_id = p.id
    WHERE p.kind = 'enrol-pupil' AND p.id > @first AND (p.state = 'done') <>
      (SELECT COUNT(*) FROM audit a WHERE a.org_id = p.org_id AND a.subject_kind = 'pupil' AND a.subject_id = r.subject_id AND a.action = 'enrol-pupil')`,
};

const findFaults = Object.entries(faults).map(([words, sql]) => `SELECT "${words}", x.id FROM (${sql}) x`).join(' UNION ALL ');

// Nothing half-done, nothing twice, nothing promised and missing.
export function checkAll(house, enrolments) {
  assert.deepEqual(house.rows(`SET @first = ${house.firstProcess}; ${findFaults} LIMIT 20`), []);
  const done = new Set(house.rows("SELECT id FROM process WHERE org_id = 1 AND state = 'done'").map(([id]) => id));
  for (const { process, promised } of enrolments)
    if (promised !== null) assert.ok(done.has(process), `process ${process} was confirmed and is not there`);
}

// What is stored of the ledgers is their fold.
export async function checkLedgers(house) {
  assert.match(await house.ctl('check'), /no differences/);
}
