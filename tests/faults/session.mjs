// session.mjs: a connection to the database of an installation, by its own administrator: it looks, locks and holds back.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';

export class Session {
  constructor(house) {
    const options = ['--no-defaults', `--socket=${house.run}/mariadb/socket`, '--batch', '--skip-column-names', '--unbuffered', '--skip-reconnect', 'mektep'];
    this.client = spawn('mariadb', options, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.read = '';
    this.said = '';
    this.waiting = [];
    this.gone = new Promise((resolve) => this.client.once('close', resolve));
    this.client.stdin.on('error', () => {});
    this.client.stdout.setEncoding('utf8').on('data', (text) => this.#take(text));
    this.client.stderr.setEncoding('utf8').on('data', (text) => (this.said += text));
    this.gone.then(() => this.waiting.splice(0).forEach(({ reject }) => reject(new Error(`the connection is gone: ${this.said}`))));
  }

  #take(text) {
    this.read += text;
    while (this.waiting.length > 0) {
      const [{ mark, resolve }] = this.waiting, at = this.read.indexOf(`${mark}\n`);
      if (at < 0) return;
      const lines = this.read.slice(0, at).split('\n').filter(Boolean);
      this.read = this.read.slice(at + mark.length + 1);
      this.waiting.shift();
      resolve(lines.map((line) => line.split('\t')));
    }
  }

  // Rows as arrays of words, when the statements have been done.
  ask(sql) {
    const mark = randomUUID();
    return new Promise((resolve, reject) => {
      this.waiting.push({ mark, resolve, reject });
      this.client.stdin.write(`${sql};\nSELECT '${mark}';\n`);
    });
  }

  // What it holds is let go of.
  async end() {
    this.client.stdin.end();
    await this.gone;
  }
}
