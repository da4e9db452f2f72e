// year.mjs: a year in the office: pupils come by registration and admission, move, leave, return, a class ends, all pass to the next year;
// after each step the counts are those counted by hand.
import assert from 'node:assert/strict';
import { open, signIn, useLanguage } from '../browser.mjs';
import { attachScan, makeIin, submitUntilChecked } from './enrolment.mjs';

const year = 2026;
const letters = 'абвгдежзиклмнопрстуф';

const submit = (page) => page.click('main form button[name=action][value=submit]');

// What the lists hold, by the lines of their CSV.
async function count(page, address) {
  const response = await page.request.get(`${new URL(page.url()).origin}${address}${address.includes('?') ? '&' : '?'}format=csv`);
  assert.equal(response.status(), 200, address);
  return (await response.text()).trim().split('\n').length - 1;
}

const enrolled = (page, of = year) => count(page, `/1/${of}/pupils?standing=enrolled`);

// The classes of parallel 1 by the number of their pupils, from the address of each: { 'А': { href, pupils } }.
async function classes(page, place) {
  await page.goto(`${place.url}/1/${year}/contingent?grade=1`);
  const links = await page.locator('a[href*="/classes/"]').evaluateAll((all) => all.map((a) => [a.textContent, new URL(a.href).pathname]));
  const found = {};
  for (const [text, href] of links) {
    const letter = text.match(/1-(\p{Lu})/u)?.[1];
    if (letter) found[letter] = { href, id: href.match(/classes\/(\d+)/)[1], pupils: await count(page, href) };
  }
  return found;
}

async function register(page, place, number) {
  await page.goto(`${place.url}/1/${year}/start/register-pupil`);
  await page.selectOption('select[name=grade]', '1');
  await page.fill('input[name=iin]', makeIin(40 + number));
  await page.fill('input[name=surname]', `Жылбек${letters[number]}`);
  await page.fill('input[name=given]', 'Дана');
  await page.fill('input[name=born_on]', '15.01.2020');
  await page.check('input[name=sex][value=F]');
  await submit(page);
  await page.waitForURL(/\/processes\/\d+/);
}

async function apply(page, place, number) {
  await page.goto(`${place.url}/1/${year}/start/register-application`);
  await page.check(`input[name=year][value="${year}"]`);
  await page.selectOption('select[name=grade]', '1');
  await page.fill('input[name=iin]', makeIin(50 + number));
  await page.fill('input[name=surname]', `Қабылбек${letters[number]}`);
  await page.fill('input[name=given]', 'Айдос');
  await page.fill('input[name=born_on]', '20.02.2020');
  await page.check('input[name=sex][value=M]');
  await submit(page);
  await page.waitForURL(/\/processes\/\d+/);
}

// Ticks lines of a list, all of its page or those of the given texts, and presses the button of the process.
async function tick(page, process, texts) {
  if (texts === undefined) await page.check('input[data-tick-page]');
  else for (const text of texts) await page.locator('tr', { hasText: text }).locator('input[name=ids]').check();
  await page.click(`button[formaction$="/start/${process}"]`);
  await page.waitForURL(/\/processes\/\d+/);
}

// Presses the button, also that of «Проверьте перед подтверждением», until the last page says that it is done.
async function carryOut(page) {
  await submitUntilChecked(page);
  await page.locator('.done-ok').waitFor({ timeout: 60000 });
}

// The order's scan; the number and the date are those that are offered.
async function signOrder(page, fill) {
  if (fill) await fill();
  await attachScan(page, true);
  await carryOut(page);
}

const toClass = (page, id) => async () => {
  await page.locator('select[name=class]').selectOption(id);
};

export async function aYear({ browser, place, language }) {
  const page = await open(browser, {});
  await signIn(page, place, place.logins.secretary);
  await useLanguage(page, language);
  const before = await enrolled(page);
  const waiting = await count(page, `/1/${year}/without-class`);

  for (let number = 0; number < 5; number++) await register(page, place, number);
  assert.equal(await count(page, `/1/${year}/without-class`), waiting + 5, 'five are registered');

  for (let number = 0; number < 20; number++) await apply(page, place, number);
  await page.goto(`${place.url}/1/${year}/applications?state=submitted&q=${encodeURIComponent('Қабылбек')}`);
  await tick(page, 'accept-applications');
  await carryOut(page);
  assert.equal(await count(page, `/1/${year}/without-class`), waiting + 25, 'twenty are taken from admission');

  const empty = await classes(page, place);
  await page.goto(`${place.url}/1/${year}/without-class?grade=1`);
  await tick(page, 'enrol-pupil');
  await signOrder(page, toClass(page, empty['А'].id));
  assert.equal(await enrolled(page), before + 25, 'one order with one scan has enrolled them');
  assert.equal((await classes(page, place))['А'].pupils, empty['А'].pupils + 25);

  await page.goto(`${place.url}${empty['А'].href}?q=${encodeURIComponent('Жылбек')}`);
  await tick(page, 'transfer-pupil', [`Жылбек${letters[0]}`, `Жылбек${letters[1]}`]);
  await signOrder(page, toClass(page, empty['Б'].id));
  const moved = await classes(page, place);
  assert.deepEqual([moved['А'].pupils, moved['Б'].pupils], [empty['А'].pupils + 23, empty['Б'].pupils + 2], 'two are transferred');
  assert.equal(await enrolled(page), before + 25);

  await page.goto(`${place.url}${empty['А'].href}?q=${encodeURIComponent(`Жылбек${letters[2]}`)}`);
  await page.locator('a[href*="/start/exclude-pupil"]').first().click();
  await page.selectOption('select[name=reason]', 'health');
  const today = await page.inputValue('input[name=order_date]');
  await page.fill('input[name=left_on]', today);
  await signOrder(page);
  assert.equal(await enrolled(page), before + 24, 'one is excluded');

  await page.goto(`${place.url}/1/${year}/archive?q=${encodeURIComponent(`Жылбек${letters[2]}`)}`);
  await page.locator('a[href*="/start/reinstate-pupil"]').first().click();
  await signOrder(page, async () => {
    const fresh = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.selectOption('select[name=grade]', '1');
    await page.selectOption('select[name=class]', empty['А'].id); // before the answer to the parallel is there
    await fresh;
    await page.locator('form[aria-busy]').waitFor({ state: 'detached' });
    assert.equal(await page.inputValue('select[name=class]'), empty['А'].id, 'what is chosen meanwhile stays');
    await page.fill('input[name=effective_on]', today);
  });
  assert.equal(await enrolled(page), before + 25, 'and reinstated');

  await page.goto(`${place.url}/1/${year}/start/disband-class?class=${empty['В'].id}`);
  await page.selectOption('select[name=disband_reason]', 'few');
  await page.locator('select[name=class]').waitFor();
  await signOrder(page, toClass(page, empty['Б'].id));
  const less = await classes(page, place);
  assert.equal(less['Б'].pupils, empty['Б'].pupils + 2 + empty['В'].pupils, 'the class is disbanded, its pupils are in another one');
  assert.equal(await enrolled(page), before + 25);

  const graduates = await count(page, `/1/${year}/pupils?standing=enrolled&grade=11`);
  await page.goto(`${place.url}/1/${year}/start/pass-year`);
  await signOrder(page);
  assert.match(await page.innerText('.done-text'), new RegExp(`${year + 1}`));
  assert.equal(await enrolled(page, year + 1), before + 25 - graduates, 'all but the graduates are in the next year');
  assert.equal(await count(page, `/1/${year}/graduates?year=${year + 1}&grade=11`), graduates, 'the graduates stand in their list');
  await page.context().close();
}
