// enrolment.mjs: the secretary registers a pupil, enrols the pupil with the scan of the order, prints the class list; the school travels to another installation.
import assert from 'node:assert/strict';
import { open, signIn, useLanguage } from '../browser.mjs';
import { carryOver } from './exchange.mjs';

const grade = 3;
const names = ['Әуезова', 'Құрманғали', 'Ысқақова', 'Өтепберген'];
const formats = {
  pdf: { type: /pdf/, begins: '%PDF' },
  png: { type: /png|zip/, begins: null },
  docx: { type: /wordprocessingml/, begins: 'PK' },
  xlsx: { type: /spreadsheetml/, begins: 'PK' },
  csv: { type: /csv/, begins: null },
};

// Day 00 and a century digit that is not in use: right by the control digit, nobody's.
export function makeIin(serial) {
  for (let number = serial * 10; ; number++) {
    const eleven = `17010080${String(number).padStart(3, '0')}`;
    const sum = (weights) => weights.reduce((total, weight, i) => total + weight * Number(eleven[i]), 0) % 11;
    let control = sum([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    if (control === 10) control = sum([3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]);
    if (control < 10) return eleven + control;
  }
}

const submit = (page) => page.click('main form button[name=action][value=submit]');
const heading = (page) => page.innerText('main h1');

async function register(page, place, number) {
  await page.goto(`${place.url}/1/2026/start/register-pupil`);
  await page.selectOption('select[name=grade]', String(grade));
  await page.fill('input[name=iin]', '170100800001');
  await page.fill('input[name=surname]', names[number]);
  await page.fill('input[name=given]', 'Айгүл');
  await page.fill('input[name=born_on]', '15.01.2017');
  await page.check('input[name=sex][value=F]');
  await submit(page);
  assert.equal(await page.inputValue('input[name=surname]'), names[number], 'after a mistake the values are kept');
  assert.equal(await page.getAttribute('input[name=iin]', 'aria-invalid'), 'true', 'the wrong control digit is marked at its field');

  await page.fill('input[name=iin]', makeIin(number + 1));
  await submit(page);
  await page.waitForURL(/\/processes\/\d+/);
  assert.ok((await page.innerText('main')).includes(names[number]), 'the last page says who was registered');
}

// Chosen with a script the scan goes up at once; without it goes with the form, and the button is pressed again when it is checked.
export async function attachScan(page, javaScriptEnabled) {
  const scan = { name: 'приказ.png', mimeType: 'image/png', buffer: await page.screenshot() };
  if (!javaScriptEnabled) return page.setInputFiles('input[type=file][name=order_scan]', scan);
  await page.locator('input[type=file]').first().setInputFiles(scan);
  return page.locator('.file-page, .file img').first().waitFor();
}

export async function submitUntilChecked(page) {
  const deadline = Date.now() + 30000;
  do {
    await submit(page);
    if (await page.locator('main form button[name=action][value=submit]').count() === 0) return;
  } while (Date.now() < deadline);
  throw new Error(`the form comes back: ${(await page.innerText('main')).slice(0, 400)}`);
}

async function enrol(page, place, number, javaScriptEnabled) {
  await page.goto(`${place.url}/1/2026/without-class`);
  await page.locator('tr', { hasText: names[number] }).locator('a').first().click();
  await page.locator('a[href*="/start/enrol-pupil"]').first().click();
  assert.equal(await page.inputValue('select[name=grade]'), String(grade), 'the parallel is that of the registration');
  await page.locator('select[name=class]').selectOption({ index: 1 });
  await attachScan(page, javaScriptEnabled);
  await page.fill('input[name=order_summary]', '');
  await submit(page);
  assert.equal(await page.getAttribute('input[name=order_summary]', 'aria-invalid'), 'true', 'the empty summary is marked');
  assert.ok((await page.innerText('main')).includes('приказ.png'), 'the scan survives a mistake in another field');
  await page.fill('input[name=order_summary]', 'О зачислении');
  await submitUntilChecked(page);
}

// The links that give the list out are those of the page.
async function printList(page) {
  const links = await page.locator('main a').evaluateAll((all) => all.map((a) => a.href));
  for (const [format, { type, begins }] of Object.entries(formats)) {
    const address = links.find((link) => new RegExp(`[?&]format=${format}`).test(link));
    assert.ok(address, `a link for ${format}`);
    const response = await page.request.get(address);
    assert.equal(response.status(), 200, format);
    assert.match(response.headers()['content-type'], type);
    const body = await response.body();
    assert.ok(body.length > 100, `${format} is not empty`);
    if (begins) assert.equal(body.subarray(0, begins.length).toString(), begins);
    if (format === 'csv') return body.toString();
  }
}

export async function registerToPrint({ browser, place, empty, language, javaScriptEnabled, number }) {
  const page = await open(browser, { javaScriptEnabled });
  await signIn(page, place, place.logins.secretary);
  await useLanguage(page, language);
  await register(page, place, number);
  await enrol(page, place, number, javaScriptEnabled);
  const title = await heading(page);
  await page.locator('a[href*="/classes/"]').last().click();
  assert.ok((await page.innerText('main')).includes('3-'), `the class after «${title}»`);
  const csv = await printList(page);
  assert.ok(csv.includes(names[number]), 'the list given out holds the new pupil');
  await page.context().close();
  await carryOver({ browser, place, empty, language, javaScriptEnabled, words: names[number] });
}
