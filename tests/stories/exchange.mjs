// exchange.mjs: the contingent travels to an empty installation; what leaves there again is the same, byte for byte.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { open, signIn } from '../browser.mjs';

const demo = fileURLToPath(new URL('../../tools/demo', import.meta.url));

function ctl(place, ...words) {
  return execFileSync(demo, ['ctl', ...words], { env: { ...process.env, MEKTEP_VAR: place.folder }, encoding: 'utf8' });
}

function contingentOf(packagePath) {
  return execFileSync('unzip', ['-p', packagePath, 'contingent.xml'], { encoding: 'buffer', maxBuffer: 1 << 28 });
}

export async function exportToImport({ browser, school, empty }) {
  const first = `${school.folder}/first.zip`;
  const second = `${empty.folder}/second.zip`;
  ctl(school, 'export', '--out', first);
  ctl(empty, 'import', first);
  ctl(empty, 'export', '--out', second);
  assert.ok(contingentOf(first).length > 100000, 'the whole contingent left');
  assert.ok(contingentOf(first).equals(contingentOf(second)), 'the second export is the first');
  ctl(empty, 'check');

  const page = await open(browser, {});
  await signIn(page, empty, empty.logins.administrator);
  await page.goto(`${empty.url}/organisations`);
  assert.match(await page.innerText('main'), /60/, 'the other installation shows the school');
  await page.context().close();
  assert.ok(readFileSync(first).length > 0);
}
