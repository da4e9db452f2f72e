// kills.mjs: kill -9 in the middle of enrolments, at random moments under load.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { checkAll, confirm, confirmUntilDone, prepare } from './enrolment.mjs';
import { commandOf, lives, start, until } from './house.mjs';

const clerks = 3;
const readers = 2;
const sharePromised = 0.6;

const anyOf = (list) => list[Math.floor(Math.random() * list.length)];

const victims = {
  'web worker': (house) => anyOf(house.workers('web')),
  'job worker': (house) => anyOf(house.workers('job')),
  master: (house) => house.master(),
  database: (house) => house.database(),
};

// Pages are read until the function returned is called.
function readMeanwhile(house) {
  let ends = false;
  const reading = Array.from({ length: readers }, async () => {
    while (!ends) await house.ask('/1/2026/without-class');
  });
  return async () => {
    ends = true;
    await Promise.all(reading);
  };
}

// The program stands still while it is looked at: true when an open transaction dies with the victim.
async function killAt(house, name, victim) {
  const workers = [...house.workers('web'), ...house.workers('job')];
  for (const pid of workers) process.kill(pid, 'SIGSTOP');
  const writers = house.writers(), before = house.connections();
  process.kill(victim, 'SIGKILL');
  let hit = writers.length > 0;
  if (name === 'web worker') {
    await until('the connection of the killed worker is gone', () => house.connections().length < before.length);
    const after = house.connections();
    hit = writers.some((id) => !after.includes(id));
  }
  for (const pid of workers) if (lives(pid)) process.kill(pid, 'SIGCONT');
  return hit;
}

// Killed while somebody's click is at work; the moment within it is chance.
async function killOnce(house, stock, enrolments, name) {
  const mine = [];
  for (let clerk = 0; clerk < clerks; clerk++) mine.push(await prepare(house, stock));
  enrolments.push(...mine);
  const stopReading = readMeanwhile(house);
  const victim = victims[name](house), command = commandOf(victim);
  const clicks = mine.map((enrolment) => confirm(house, enrolment));
  let ended = 0;
  for (const click of clicks) click.then(() => ended++);
  await pause(1);
  await until('a click is at work', () => ended === clerks || house.writers().length > 0);
  await pause(Math.random() * 5);
  const hit = await killAt(house, name, victim);
  await until(`the ${name} is gone`, () => !lives(victim));
  if (name === 'master' || name === 'database') start(command);
  await Promise.all(clicks);
  await Promise.all(mine.map((enrolment) => confirmUntilDone(house, enrolment)));
  await stopReading();
  await until('the master is there', () => lives(house.master()));
  await house.renewWorkers();
  for (const enrolment of mine) assert.equal((await confirm(house, enrolment)).status, 303, 'a later click finds it done');
  await checkAll(house, enrolments);
  return hit;
}

export async function killed({ house, stock, times, name }) {
  const enrolments = [];
  let hits = 0;
  for (let time = 0; time < times; time++) hits += await killOnce(house, stock, enrolments, name);
  console.log(`kill -9 of the ${name}: ${times} kills, ${hits} hit an open transaction, ${enrolments.length} orders, 0 lost, 0 double`);
  assert.ok(hits >= times * sharePromised, `${hits} of ${times} kills hit an open transaction`);
}

export const kinds = Object.keys(victims);
export const pupilsNeeded = (times) => kinds.length * times * clerks * 20 + 200;
