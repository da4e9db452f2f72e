// house.mjs: an installation of tests/browser.sh from outside: its pages, its rows, its processes.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { installation } from '../browser.mjs';

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

  // The connections with a transaction that has changed or locked something.
  writers() {
    const [[, , status]] = this.rows('SHOW ENGINE INNODB STATUS');
    return status.split('---TRANSACTION').slice(1).filter((part) => /ACTIVE/.test(part) && /lock struct|undo log/.test(part))
      .map((part) => /MariaDB thread id (\d+)/.exec(part)?.[1]).filter(Boolean);
  }

  connections() {
    return this.rows("SELECT id FROM information_schema.PROCESSLIST WHERE user = 'mektep'").map(([id]) => id);
  }

  pidOf(name) {
    const file = `${this.run}/${name}`;
    return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  }

  master() { return this.pidOf('mektepd.pid'); }
  database() { return this.pidOf('mariadb/pid'); }

  // The workers of a kind that this master started.
  workers(kind) {
    const master = this.master();
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
      try {
        const parent = Number(/^PPid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
        return parent === master && readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(kind);
      } catch {
        return false;
      }
    });
  }

  // mektepctl; gives what it prints.
  ctl(...words) {
    const env = { ...process.env, MEKTEP_VAR: this.folder };
    return new Promise((resolve, reject) => {
      execFile(this.demo, ['ctl', ...words], { env }, (error, out, err) => (error ? reject(new Error(out + err)) : resolve(out)));
    });
  }

  // New workers in place of all there are: none waits because others before it died early.
  async renewWorkers() {
    const old = [...this.workers('web'), ...this.workers('job')];
    process.kill(this.master(), 'SIGHUP');
    await until('there are new workers', () => {
      const web = this.workers('web'), job = this.workers('job');
      return web.length === 2 && job.length === 1 && ![...web, ...job].some((pid) => old.includes(pid));
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
export const commandOf = (pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);

export function start([program, ...words]) {
  spawn(program, words, { detached: true, stdio: 'ignore' }).unref();
}

export const lives = (pid) => existsSync(`/proc/${pid}`) && !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
