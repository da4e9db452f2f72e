// browser.mjs: what the tests in a browser share: logins, signing in, a tally of what held and what did not.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const languages = ['kk', 'ru', 'en'];

export function table(file) {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => line.split('\t'));
}

// An installation of tests/browser.sh: its folder holds url, logins, routes.
export function installation(folder) {
  const logins = Object.fromEntries(table(`${folder}/logins`).map(([role, login, password]) => [role, { role, login, password }]));
  return { folder, url: readFileSync(`${folder}/url`, 'utf8').trim().replace(/\/$/, ''), logins };
}

export function launch() {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: process.getuid() === 0 ? ['--no-sandbox'] : [] });
}

// A page in a window of its own; waits are long, for other tests keep this machine busy, too.
export async function open(browser, { javaScriptEnabled = true }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', javaScriptEnabled });
  const page = await context.newPage();
  page.setDefaultTimeout(60000);
  return page;
}

export async function signIn(page, place, { login, password }) {
  await page.goto(`${place.url}/sign-in`);
  await page.fill('main input[name=login]', login);
  await page.fill('main input[name=password]', password);
  await page.click('main form .btn-primary');
  if (new URL(page.url()).pathname === '/sign-in') throw new Error(`${login} could not sign in: ${await page.innerText('main')}`);
}

export async function useLanguage(page, language) {
  const button = page.locator(`form.languages button[value=${language}]`).first();
  if ((await page.getAttribute('html', 'lang')) !== language) await button.click();
}

export class Tally {
  passed = 0;
  failed = 0;

  // faults: a list of words; empty when it held.
  note(name, faults) {
    if (faults.length === 0) this.passed++;
    else this.failed++;
    for (const fault of faults) console.log(`FAILED ${name}: ${fault}`);
  }

  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}
