// keyboard.mjs: a pupil is enrolled without a mouse: every step is reached by Tab, and one always sees where one is.
import assert from 'node:assert/strict';
import { open } from '../browser.mjs';

const STEPS_MAX = 200;

// Presses Tab until what has the focus matches; the focus is seen at each step.
async function tabTo(page, selector) {
  for (let step = 0; step < STEPS_MAX; step++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate((wanted) => {
      const element = document.activeElement;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const seen = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
      return { there: element.matches(wanted), seen: seen || element === document.body, words: element.outerHTML.slice(0, 200) };
    }, selector);
    assert.ok(focus.seen, `the focus is not seen at ${focus.words}`);
    if (focus.there) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}

async function press(page, selector, key = 'Enter') {
  await tabTo(page, selector);
  await page.keyboard.press(key);
}

export async function enrolByKeyboard({ browser, place }) {
  const page = await open(browser, {});
  const { login, password } = place.logins.secretary;
  await page.goto(`${place.url}/sign-in`);
  await tabTo(page, 'main input[name=login]');
  await page.keyboard.type(login);
  await tabTo(page, 'main input[name=password]');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/1\/2026\//);

  await page.goto(`${place.url}/1/2026/without-class`);
  await press(page, 'a[href*="/start/enrol-pupil"]');
  await page.waitForURL(/enrol-pupil/);
  await press(page, 'select[name=class]', 'ArrowDown');
  assert.notEqual(await page.inputValue('select[name=class]'), '', 'an arrow chooses the class');
  await press(page, 'input[type=checkbox][name=order_scan]', 'Space');
  await press(page, 'main form button[name=action][value=submit]');
  await page.waitForURL(/\/processes\/\d+/);
  await press(page, 'main a[href*="/classes/"]');
  await page.waitForURL(/\/classes\/\d+/);
  await tabTo(page, 'a[href*="format=pdf"]');
  await page.context().close();
}
