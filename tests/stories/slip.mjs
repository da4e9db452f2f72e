// slip.mjs: the secretary prints the slips of a class; a pupil signs in with one for the first time.
import assert from 'node:assert/strict';
import { open, signIn, useLanguage } from '../browser.mjs';

const password = 'Құпия-сөз 2026';

async function printedSlip({ browser, place, language, javaScriptEnabled, number }) {
  const page = await open(browser, { javaScriptEnabled });
  await signIn(page, place, place.logins.secretary);
  await useLanguage(page, language);
  await page.goto(`${place.url}/1/2026/slips`);
  // Each telling takes another class: a slip that is used is not printed again.
  await page.selectOption('select[name=whom]', `class:${number + 1}`);
  await page.check(`input[name=document_language][value=${language}]`);
  await page.check('input[name=document_format][value=html]');
  await page.click('main form button.btn-primary');
  const words = await page.innerText('body');
  const login = words.match(/\b0{4,}\d+\b/)?.[0];
  const code = words.match(/\b[A-Z2-9]{5}-[A-Z2-9]{5}\b/)?.[0];
  assert.ok(login && code, `no login and code on the slip: ${words.slice(0, 300)}`);
  await page.context().close();
  return { login, code };
}

export async function slipToSignIn(telling) {
  const { browser, place, language, javaScriptEnabled } = telling;
  const { login, code } = await printedSlip(telling);
  const page = await open(browser, { javaScriptEnabled });

  await page.goto(`${place.url}/activate`);
  await useLanguage(page, language);
  await page.fill('input[name=login]', login);
  await page.fill('input[name=code]', 'AAAAA-AAAAA');
  await page.fill('input[name=password]', password);
  await page.fill('input[name=again]', password);
  await page.click('main form button.btn-primary');
  assert.equal(new URL(page.url()).pathname, '/activate', 'a wrong code opens nothing');

  await page.fill('input[name=code]', code);
  await page.fill('input[name=password]', password);
  await page.fill('input[name=again]', password);
  await page.click('main form button.btn-primary');
  assert.notEqual(new URL(page.url()).pathname, '/activate', await page.innerText('main'));
  assert.equal(await page.locator('form[action="/sign-out"]').count() > 0, true, 'signed in after the slip');

  await page.context().clearCookies();
  await signIn(page, place, { login, password });
  await page.context().clearCookies();
  await page.goto(`${place.url}/activate`);
  await page.fill('input[name=login]', login);
  await page.fill('input[name=code]', code);
  await page.fill('input[name=password]', password);
  await page.fill('input[name=again]', password);
  await page.click('main form button.btn-primary');
  assert.equal(new URL(page.url()).pathname, '/activate', 'a slip is used once');
  await page.context().close();
}
