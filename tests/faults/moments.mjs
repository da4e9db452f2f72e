// moments.mjs: where within a confirmation somebody else holds it back: the rows that it comes to early and late, and its COMMIT.
import { until } from './house.mjs';
import { Session } from './session.mjs';

const values = (rows) => rows.map((row) => `(${row.join(', ')})`).join(', ');
const lockPupils = (ids) => `SELECT id FROM pupil WHERE org_id = 1 AND id IN (${ids.join(', ')}) FOR UPDATE`;
const lockOrders = (numbers) => `SELECT id FROM school_order WHERE org_id = 1 AND number IN (${numbers.map((number) => `'${number}'`).join(', ')}) FOR UPDATE`;
// Rows that nobody commits: who looks for them to delete them waits for what becomes of them.
const addStays = (ids) => `
  INSERT INTO membership (org_id, pupil_id, from_on, class_id, movement_id)
  VALUES ${values(ids.map((id) => [1, id, "'2026-10-01'", 1, 0]))}`;

const lockScan = (scan) => `SELECT id FROM file WHERE org_id = 1 AND id = ${scan} FOR UPDATE`;

const middle = (list) => list[1 + Math.floor(Math.random() * (list.length - 2))];

// A confirmation at the page has stored its form key before the first of them; a job has stored nothing until it comes to those marked.
export const moments = [
  { name: 'before the pupils are locked', hold: (all) => lockPupils(all.map(({ pupils }) => pupils[0])) },
  { name: 'at the order', hold: (all) => lockOrders(all.map(({ number }) => number)) },
  { name: 'amid the pupils', hold: (all) => addStays(all.map(({ pupils }) => middle(pupils))), jobHasWritten: true },
  { name: 'at the last pupil', hold: (all) => addStays(all.map(({ pupils }) => pupils.at(-1))), jobHasWritten: true },
  { name: 'where the process is saved', hold: ([{ scan }]) => lockScan(scan), jobHasWritten: true },
  { name: 'in COMMIT', hold: (all) => addStays(all.map(({ pupils }) => pupils.at(-1))), holdsCommit: true, jobHasWritten: true },
];

const rowWaits = "SELECT variable_value + 0 FROM information_schema.global_status WHERE variable_name = 'innodb_row_lock_current_waits'";
const commitWaits = "SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'mektep' AND state = 'Waiting for backup lock'";

// Holds the confirmations back at the moment; the function returned lets them go on.
export class Hold {
  constructor(house, watcher, moment, enrolments) {
    Object.assign(this, { house, watcher, moment, enrolments, rows: new Session(house) });
  }

  begin() {
    return this.rows.ask(`START TRANSACTION; ${this.moment.hold(this.enrolments)}`);
  }

  async #count(sql) {
    return Number((await this.watcher.ask(sql))[0][0]);
  }

  #all(condition) {
    return until(`all wait ${this.moment.name}`, async () => condition(await this.#count(rowWaits), await this.#count(commitWaits)));
  }

  // All have come there. To COMMIT they come from the last row: it is shut before that one is let go of; of two neighbours one
  // may wait for the other's rows.
  async reached() {
    const wanted = this.enrolments.length;
    await this.#all((rows) => rows >= wanted);
    if (!this.moment.holdsCommit) return;
    this.commit = new Session(this.house);
    await this.commit.ask('BACKUP STAGE START; BACKUP STAGE FLUSH; BACKUP STAGE BLOCK_DDL; BACKUP STAGE BLOCK_COMMIT');
    await this.rows.end();
    await this.#all((rows, commits) => commits > 0 && rows + commits >= wanted);
  }

  async release() {
    await this.rows.end();
    await this.commit?.end();
  }
}
