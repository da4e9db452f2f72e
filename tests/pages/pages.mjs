// pages.mjs: every page × language: status, language, markup, accessibility, width of a phone; a screenshot of each.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { HtmlValidate } from 'html-validate';
import { Tally, installation, languages, launch, open, signIn, table, useLanguage } from '../browser.mjs';

// A third word walks only the routes whose names it matches, for a quick look.
const [folder, shots, only] = process.argv.slice(2);
const place = installation(folder);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const validator = new HtmlValidate({ extends: ['html-validate:standard'] });
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const shotLanguages = ['ru', 'kk'];
// Logins by kind of organisation; the others belong to the school.
const collegeRoles = ['curator', 'master', 'student'];
const anyOrganisation = ['administrator', 'republic', 'region', 'district', 'secretary'];
// Outside any organisation only these hold rights.
const installationRoles = ['administrator', 'republic', 'region', 'district'];
// The first that may open a page opens it: who works with it most comes first.
const order = ['secretary', 'head', 'personnel', 'administrator', 'class-teacher', 'curator', 'teacher'];

const routes = table(`${folder}/routes`).map(([id, kind, address, openers]) => ({ id, kind, address, openers: (openers ?? '').split(',') }));

function opener(route) {
  if (route.openers[0] === '-') return '-';
  const wanted = route.openers[0] === '*' ? Object.keys(place.logins) : route.openers;
  const fits = (role) => {
    if (route.kind === '-') return route.openers[0] === '*' || installationRoles.includes(role);
    return anyOrganisation.includes(role) || collegeRoles.includes(role) === (route.kind === 'college');
  };
  const there = wanted.filter((role) => role in place.logins && fits(role));
  return order.find((role) => there.includes(role)) ?? there[0];
}

async function openAs(browser, role, language) {
  const page = await open(browser, {});
  if (role === '-') await page.goto(`${place.url}/sign-in`);
  else await signIn(page, place, place.logins[role]);
  await useLanguage(page, language);
  return page;
}

async function accessibility(page) {
  // Injected by the debugger, so the page's own policy on scripts stays in force.
  await page.evaluate(axe);
  const found = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), rules);
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).slice(0, 3).join('; ')}`);
}

async function markup(html) {
  const report = await validator.validateString(html);
  return report.results.flatMap((result) => result.messages).map((message) => `line ${message.line}: ${message.message} (${message.ruleId})`);
}

async function atPhone(page) {
  await page.setViewportSize({ width: 360, height: 740 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  return width > 360 ? [`${width} px wide at 360`] : [];
}

async function look(page, route, language) {
  const said = [];
  const hear = (message) => message.type() === 'error' && said.push(`console: ${message.text()}`);
  const hearError = (error) => said.push(`script: ${error.message}`);
  page.on('console', hear).on('pageerror', hearError);
  await page.setViewportSize({ width: 1280, height: 900 });
  const response = await page.goto(place.url + route.address);
  const html = await response.text();
  const faults = said;
  if (response.status() !== 200) faults.push(`status ${response.status()}`);
  if ((await page.getAttribute('html', 'lang')) !== language) faults.push(`the page is in ${await page.getAttribute('html', 'lang')}`);
  if ((await page.locator('h1').count()) !== 1) faults.push('not one h1');
  faults.push(...(await markup(html)), ...(await accessibility(page)));
  if (shotLanguages.includes(language)) {
    const name = `${route.kind === '-' ? '' : `${route.kind}-`}${route.id.replaceAll(' ', '-')}`;
    await page.screenshot({ path: `${shots}/${language}-1280/${name}.png`, fullPage: true });
    faults.push(...(await atPhone(page)));
    await page.screenshot({ path: `${shots}/${language}-360/${name}.png`, fullPage: true });
  } else {
    faults.push(...(await atPhone(page)));
  }
  page.off('console', hear).off('pageerror', hearError);
  return faults;
}

const tally = new Tally();
for (const language of shotLanguages) for (const width of [1280, 360]) mkdirSync(`${shots}/${language}-${width}`, { recursive: true });
const browser = await launch();
// A person's language is kept with the account, so one language is walked after the other.
for (const language of languages) {
  const sessions = {};
  for (const route of routes.filter(({ id }) => !only || id.match(`^(${only})$`))) {
    const name = `${language} ${route.kind} ${route.id} ${route.address}`;
    const role = opener(route);
    if (!route.address || !role) {
      // A college has no page of a class's parallel and so on; a page that no organisation can show is a fault.
      const shown = routes.some((other) => other.id === route.id && other.address && opener(other));
      if (!shown) tally.note(name, [route.address ? 'nobody may open it' : 'no sample address']);
      continue;
    }
    try {
      sessions[role] ??= await openAs(browser, role, language);
      tally.note(`${name} as ${role}`, await look(sessions[role], route, language));
    } catch (error) {
      tally.note(name, [error.message.split('\n').slice(0, 3).join(' ')]);
    }
  }
  for (const page of Object.values(sessions)) await page.context().close();
}
await browser.close();
tally.end();
