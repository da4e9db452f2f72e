// disk.mjs: a full disk: the folder of files is a small tmpfs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { randomBytes } from 'node:crypto';

const page = '/1/2026/files';

async function upload(house, bytes) {
  const form = new FormData();
  form.set('csrf', house.csrf);
  form.set('file', new Blob([bytes], { type: 'application/pdf' }), 'prikaz.pdf');
  return fetch(house.url + page, { method: 'POST', headers: { cookie: house.cookie }, body: form, redirect: 'manual' });
}

export async function diskFull({ house }) {
  const files = `${house.folder}/files`, before = house.number('SELECT COUNT(*) FROM file'), workers = house.workers('web').join();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', files]);
  try {
    const answer = await upload(house, randomBytes(1 << 20));
    assert.equal(answer.status, 507);
    assert.match(await answer.text(), /<h1/);
    assert.deepEqual(readdirSync(files), [], 'nothing half-written');
    assert.equal(house.number('SELECT COUNT(*) FROM file'), before, 'no row speaks of it');
    assert.equal((await house.ask('/1/2026/without-class')).status, 200);
    assert.equal(house.workers('web').join(), workers, 'the workers live');
  } finally {
    execFileSync('umount', [files]);
  }
  assert.ok((await upload(house, '%PDF-1.4\n')).status < 500, 'with room it is taken again');
}
