// kills.mjs: kill -9 in the middle of enrolments under load, at moments that another connection holds open and at random ones after.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { checkAll, confirm, confirmUntilDone, prepare } from './enrolment.mjs';
import { commandOf, isStopped, lives, startAgain, until } from './house.mjs';
import { Hold, moments } from './moments.mjs';
import { Session } from './session.mjs';

const readers = 1;
const shareHeld = 0.7, sharePromised = 0.6;
const laterMs = 40;

const anyOf = (list) => list[Math.floor(Math.random() * list.length)];

// Enough clerks that all workers are at a confirmation; above two hundred pupils a job carries it out.
const victims = {
  'web worker': { find: (house) => anyOf(house.workers('web')), clerks: 2, pupils: 20 },
  'job worker': { find: (house) => house.workers('job')[0], clerks: 1, pupils: 201, held: moments.filter(({ jobHasWritten }) => jobHasWritten) },
  master: { find: (house) => house.master(), clerks: 2, pupils: 20, endsWithIt: (house) => house.allWorkers() },
  database: { find: (house) => house.database(), clerks: 2, pupils: 20, endsWithIt: () => [] },
};

// Pages are read until the function returned is called; who gets none asks again a moment later.
function readMeanwhile(house) {
  let ends = false;
  const reading = Array.from({ length: readers }, async () => {
    while (!ends) if ((await house.ask('/1/2026/without-class')).status !== 200) await pause(20);
  });
  return async () => {
    ends = true;
    await Promise.all(reading);
  };
}

const ids = (rows) => rows.map(([id]) => id);

// InnoDB shows the table as it was when somebody looked less than a tenth of a second ago: it is asked once a kill.
const openTransactions = async (watcher) => ids(await watcher.ask(`
  SELECT t.trx_mysql_thread_id FROM information_schema.innodb_trx t JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
  WHERE p.user = 'mektep' AND t.trx_rows_modified > 0`));
const connections = async (watcher) => ids(await watcher.ask("SELECT id FROM information_schema.processlist WHERE user = 'mektep'"));

// Of two web workers the one whose connection goes is the one that was killed.
async function lost(watcher, open, before) {
  const gone = await until('the connection of the killed worker is gone', async () => {
    const after = await connections(watcher), missing = before.filter((id) => !after.includes(id));
    return missing.length > 0 && missing;
  });
  return open.some((id) => gone.includes(id));
}

// The program stands still while it is looked at and the victim dies: the transactions that have written and are open.
async function killAmid(house, watcher, name, victim) {
  const workers = house.allWorkers();
  for (const pid of workers) process.kill(pid, 'SIGSTOP');
  try {
    await until('the program stands still', () => workers.every(isStopped));
    const open = await openTransactions(watcher);
    process.kill(victim, 'SIGKILL');
    await until(`the ${name} is gone`, () => !lives(victim));
    return open;
  } finally {
    for (const pid of workers) if (lives(pid)) process.kill(pid, 'SIGCONT');
  }
}

// True when a transaction that has written was open and died with the victim.
async function killAt(house, watcher, hold, name, victim) {
  const before = await connections(watcher), open = await killAmid(house, watcher, name, victim);
  await hold.release();
  return name === 'web worker' ? lost(watcher, open, before) : open.length > 0;
}

// What its keeper does when it has died: systemd, or the time that ends the lease of a job.
async function recover(house, name, command, ended) {
  if (ended) await startAgain(house, name, command, ended);
  await until('the installation answers', () => house.answers());
  await until('all workers are there', () => house.isWhole());
  if (name === 'job worker') house.rows("UPDATE job SET lease_until = '2026-01-01' WHERE state = 'running'");
}

async function killOnce(house, stock, enrolments, name, moment, isHeld) {
  const { find, clerks, pupils, endsWithIt } = victims[name], mine = [];
  for (let clerk = 0; clerk < clerks; clerk++) mine.push(await prepare(house, stock, pupils));
  enrolments.push(...mine);
  const watcher = new Session(house), hold = new Hold(house, watcher, moment, mine);
  await hold.begin();
  const stopReading = readMeanwhile(house);
  const clicks = mine.map((enrolment) => confirm(house, enrolment));
  await hold.reached();
  if (!isHeld) {
    await hold.release();
    await pause(Math.random() * laterMs);
  }
  const victim = find(house), command = commandOf(victim), ended = endsWithIt?.(house);
  const hit = await killAt(house, watcher, hold, name, victim);
  await watcher.end();
  await recover(house, name, command, ended);
  await Promise.all(clicks);
  await Promise.all(mine.map((enrolment) => confirmUntilDone(house, enrolment)));
  await stopReading();
  for (const enrolment of mine) assert.equal((await confirm(house, enrolment)).status, 303, 'a later click finds it done');
  checkAll(house, enrolments);
  return hit;
}

export async function killed({ house, stock, times, name }) {
  const enrolments = [], hits = [], { held = moments } = victims[name];
  for (let time = 0; time < times; time++) {
    const isHeld = time % 10 < shareHeld * 10, choice = isHeld ? held : moments, moment = choice[time % choice.length];
    const hit = await killOnce(house, stock, enrolments, name, moment, isHeld);
    hits.push(hit);
    if (time % 5 === 4) await house.renewWorkers();
    console.log(`  ${name}, ${isHeld ? '' : 'some milliseconds after it was '}${moment.name}: ${hit ? 'in an open transaction' : 'none was open'}`);
  }
  const count = hits.filter(Boolean).length;
  console.log(`kill -9 of the ${name}: ${times} kills, ${count} hit an open transaction, ${enrolments.length} orders, 0 lost, 0 double`);
  assert.ok(count >= times * sharePromised, `${count} of ${times} kills hit an open transaction`);
}

export const kinds = Object.keys(victims);
export const pupilsNeeded = (times) => times * Object.values(victims).reduce((sum, { clerks, pupils }) => sum + clerks * pupils, 0) + 400;
