// exchange.mjs: the contingent travels to an empty installation; what leaves there again is the same, byte for byte.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { open, signIn, useLanguage } from '../browser.mjs';

const demo = fileURLToPath(new URL('../../tools/demo', import.meta.url));

function ctl(place, ...words) {
  return execFileSync(demo, ['ctl', ...words], { env: { ...process.env, MEKTEP_VAR: place.folder }, encoding: 'utf8' });
}

function contingentOf(packagePath) {
  return execFileSync('unzip', ['-p', packagePath, 'contingent.xml'], { encoding: 'buffer', maxBuffer: 1 << 28 });
}

// By the pages, as a secretary and the administrator of the other installation do it.
export async function carryOver({ browser, place, empty, language, javaScriptEnabled, words }) {
  const here = await open(browser, { javaScriptEnabled });
  await signIn(here, place, place.logins.secretary);
  await useLanguage(here, language);
  await here.goto(`${place.url}/1/2026/exchange/export`);
  await here.click('main form .btn-primary');
  const result = here.locator('main a[href*="/files/"]');
  await result.waitFor();
  const response = await here.request.get(new URL(await result.getAttribute('href'), here.url()).href);
  const packed = await response.body();
  assert.equal(packed.subarray(0, 2).toString(), 'PK', 'a package leaves');
  await here.context().close();

  const there = await open(browser, { javaScriptEnabled });
  await signIn(there, empty, empty.logins.administrator);
  await useLanguage(there, language);
  await there.goto(`${empty.url}/exchange/import`);
  await there.setInputFiles('input[name=package]', { name: 'contingent.zip', mimeType: 'application/zip', buffer: packed });
  await there.click('main form .btn-primary');
  await there.locator('button[name=action][value=apply]').waitFor();
  await there.click('button[name=action][value=apply]');
  await there.locator('button[name=action][value=undo]').waitFor({ timeout: 120000 });
  await there.context().close();

  const out = `${empty.folder}/after-${language}-${javaScriptEnabled}.zip`;
  ctl(empty, 'export', '--out', out);
  assert.ok(contingentOf(out).includes(words), `${words} has arrived`);
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
