// load.mjs: what comes from outside while pages are served: renewals, a database that stops, clients that misbehave.
import assert from 'node:assert/strict';
import { copyFileSync, renameSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { commandOf, lives, start, until } from './house.mjs';

const requests = 10000;
const lanes = 8;
const stopMs = 10000;
const crowd = 500;

// Installed as "make install" does it: a new file in the place of the old one.
function installAgain(program) {
  copyFileSync(program, `${program}.new`);
  renameSync(`${program}.new`, program);
}

const answers = { '/healthz': 200, '/sign-in': 303 };

export async function renewed({ house }) {
  const program = commandOf(house.master())[0];
  let sent = 0, failed = 0, renewals = 0;
  await Promise.all(Array.from({ length: lanes }, async () => {
    while (sent < requests) {
      if (++sent % 1000 === 0) {
        if (sent % 2000 === 0) installAgain(program);
        process.kill(house.master(), 'SIGHUP');
        renewals++;
      }
      const path = sent % 10 === 0 ? '/sign-in' : '/healthz';
      if ((await house.ask(path)).status !== answers[path]) failed++;
    }
  }));
  console.log(`SIGHUP and a new binary: ${sent} requests, ${renewals} renewals, ${failed} failed`);
  assert.equal(failed, 0);
  await until('the workers are of the program installed last', () =>
    house.isWhole() && house.workers('web').every((pid) => statSync(`/proc/${pid}/exe`, { throwIfNoEntry: false })?.ino === statSync(program).ino));
}

export async function databaseStopped({ house }) {
  const pid = house.database(), command = commandOf(pid);
  process.kill(pid, 'SIGTERM');
  await until('the database has stopped', () => !lives(pid));
  let refused = 0;
  for (const end = Date.now() + stopMs; Date.now() < end; refused++) {
    const { status, headers, body } = await house.ask('/1/2026/without-class');
    assert.equal(status, 503);
    assert.match(headers['retry-after'] ?? '', /^\d+$/);
    assert.match(body, /<h1/);
  }
  start(command);
  await until('pages are served again', async () => (await house.ask('/1/2026/without-class')).status === 200);
  console.log(`the database stopped: ${refused} requests answered by 503 with Retry-After, then served again`);
}

const head = (house, length) =>
  `POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\n`;

function open(house, text) {
  const { hostname, port } = new URL(house.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.off('error', reject).on('error', () => {});
      socket.write(text, () => resolve(socket));
    });
    socket.once('error', reject);
  });
}

export async function strangeClients({ house }) {
  const slow = await open(house, head(house, 1000));
  const dripping = setInterval(() => slow.write('a'), 1000);
  const sockets = await Promise.all(Array.from({ length: crowd }, () => open(house, 'GET / HTTP/1.1\r\n')));
  let failed = 0;
  for (let i = 0; i < 200; i++) {
    (await open(house, head(house, 1000) + 'login=')).destroy();
    if ((await house.ask('/1/2026/without-class')).status !== 200) failed++;
  }
  clearInterval(dripping);
  for (const socket of [slow, ...sockets]) socket.destroy();
  console.log(`a byte a second, 200 closed in the middle, ${crowd} connections: 200 requests beside, ${failed} failed`);
  assert.equal(failed, 0);
}
