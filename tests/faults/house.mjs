// house.mjs: an installation of tests/browser.sh from outside: its pages, its rows, its processes.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { installation } from '../browser.mjs';

// A file of /proc: its process may have gone.
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

export class House {
  constructor(folder, demo) {
    Object.assign(this, installation(folder), { demo, cookie: '', csrf: '' });
    this.config = readFileSync(`${folder}/mektep.conf`, 'utf8');
    this.run = dirname(/^listen = (.*)$/m.exec(this.config)[1]);
    this.agent = new Agent({ keepAlive: true, maxSockets: 64 });
  }

  // One request; fields make it a POST. status 0: nobody answered.
  ask(path, fields) {
    const body = fields && new URLSearchParams(fields).toString();
    const headers = { cookie: this.cookie };
    if (body !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
    return new Promise((resolve) => {
      const sent = request(this.url + path, { agent: this.agent, method: body === undefined ? 'GET' : 'POST', headers }, (got) => {
        const chunks = [];
        got.on('data', (chunk) => chunks.push(chunk));
        got.on('error', () => resolve({ status: 0, headers: {}, body: '' }));
        got.on('end', () => resolve({ status: got.statusCode, headers: got.headers, body: Buffer.concat(chunks).toString() }));
      });
      sent.on('error', (error) => resolve({ status: 0, headers: {}, body: String(error) }));
      sent.end(body);
    });
  }

  async signIn({ login, password }) {
    const answer = await this.ask('/sign-in', { login, password });
    if (answer.status !== 303) throw new Error(`${login} could not sign in: ${answer.status}`);
    this.login = login;
    this.cookie = answer.headers['set-cookie'].map((line) => line.split(';')[0]).join('; ');
    this.csrf = /name="csrf" value="([^"]+)"/.exec((await this.ask('/profile')).body)[1];
  }

  post(path, fields) {
    return this.ask(path, { csrf: this.csrf, ...fields });
  }

  // Rows as arrays of words, by the server's own administrator.
  rows(sql) {
    const options = ['--no-defaults', `--socket=${this.run}/mariadb/socket`, '--batch', '--skip-column-names', 'mektep'];
    const text = execFileSync('mariadb', options, { input: sql, encoding: 'utf8', maxBuffer: 1 << 26 });
    return text.split('\n').filter(Boolean).map((line) => line.split('\t'));
  }

  number(sql) {
    return Number(this.rows(sql)[0][0]);
  }

  pidOf(name) {
    return Number(read(`${this.run}/${name}`));
  }

  master() { return this.pidOf(pidFiles.master); }
  database() { return this.pidOf(pidFiles.database); }

  // The workers of a kind that this master started.
  workers(kind) {
    const master = this.master();
    return read(`/proc/${master}/task/${master}/children`).split(' ').filter(Boolean).map(Number)
      .filter((pid) => read(`/proc/${pid}/cmdline`).split('\0').includes(kind));
  }

  // mektepctl; gives what it prints.
  ctl(...words) {
    const env = { ...process.env, MEKTEP_VAR: this.folder };
    return new Promise((resolve, reject) => {
      execFile(this.demo, ['ctl', ...words], { env }, (error, out, err) => (error ? reject(new Error(out + err)) : resolve(out)));
    });
  }

  allWorkers() { return [...this.workers('web'), ...this.workers('job')]; }
  isWhole() { return this.workers('web').length === 2 && this.workers('job').length === 1; }

  // New workers in place of all there are: a master starts those that die early later and later.
  async renewWorkers() {
    const old = this.allWorkers();
    process.kill(this.master(), 'SIGHUP');
    await until('there are new workers', () => {
      return this.isWhole() && !this.allWorkers().some((pid) => old.includes(pid));
    });
  }

  async answers() {
    return (await this.ask('/healthz')).status === 200;
  }
}

// Polls until it is so; fails after the deadline.
export async function until(words, condition, seconds = 60) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${words}`);
    await pause(10);
  }
}

// How a process was started, to start it again.
export const commandOf = (pid) => read(`/proc/${pid}/cmdline`).split('\0').filter(Boolean);

export function start([program, ...words]) {
  const child = spawn(program, words, { detached: true, stdio: 'ignore' });
  child.unref();
  return child;
}

const pidFiles = { master: 'mektepd.pid', database: 'mariadb/pid' };

// As systemd does it: when all of the ones before have ended, too.
export async function startAgain(house, name, command, before) {
  await until('those before have ended', () => !before.some(lives));
  const { pid } = start(command);
  await until(`the ${name} is there again`, () => house.pidOf(pidFiles[name]) === pid);
}

const stateOf = (pid) => /^State:\t(.)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 'Z';

export const lives = (pid) => pid > 0 && stateOf(pid) !== 'Z';
export const isStopped = (pid) => ['T', 'Z'].includes(stateOf(pid));
