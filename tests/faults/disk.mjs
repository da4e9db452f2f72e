// disk.mjs: a full disk: the folder of files is a small tmpfs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { until } from './house.mjs';

const place = '/1/2026';

async function upload(house, bytes) {
  const form = new FormData();
  form.set('csrf', house.csrf);
  form.set('file', new Blob([bytes], { type: 'application/pdf' }), 'prikaz.pdf');
  return fetch(`${house.url}${place}/files`, { method: 'POST', headers: { cookie: house.cookie }, body: form, redirect: 'manual' });
}

// Starts an export; gives the state that its job ends in, and the page that says so.
async function exportAll(house) {
  const { headers } = await house.post(`${place}/exchange/export`, { form_key: randomUUID() });
  const job = /jobs\/(\d+)$/.exec(headers.location)[1];
  const state = await until('the export has ended', () => {
    const [[now]] = house.rows(`SELECT state FROM job WHERE org_id = 1 AND id = ${job}`);
    return !['waiting', 'running'].includes(now) && now;
  });
  return { state, page: (await house.ask(headers.location)).body };
}

export async function diskFull({ house }) {
  const files = `${house.folder}/files`, before = house.number('SELECT COUNT(*) FROM file'), workers = house.workers('web').join();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', files]);
  try {
    const answer = await upload(house, randomBytes(1 << 20));
    assert.equal(answer.status, 507);
    assert.match(await answer.text(), /<h1/);
    const { state, page } = await exportAll(house);
    assert.equal(state, 'failed');
    assert.ok(page.includes('На диске сервера не осталось места'), 'the page of the export says why');
    assert.deepEqual(readdirSync(files), [], 'nothing half-written');
    assert.equal(house.number('SELECT COUNT(*) FROM file'), before, 'no row speaks of it');
    assert.equal((await house.ask(`${place}/without-class`)).status, 200);
    assert.equal(house.workers('web').join(), workers, 'the workers live');
  } finally {
    execFileSync('umount', [files]);
  }
  assert.ok((await upload(house, '%PDF-1.4\n')).status < 500, 'with room it is taken again');
  assert.equal((await exportAll(house)).state, 'done');
}
