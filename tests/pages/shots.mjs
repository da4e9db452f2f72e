// shots.mjs: pictures of some pages of one installation, as one role sees them. See tools/shots.
import { mkdirSync } from 'node:fs';
import { installation, launch, signIn, useLanguage } from '../browser.mjs';

const [folder, shots, role, ...addresses] = process.argv.slice(2);
const place = installation(folder);
const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
page.on('console', (message) => message.type() === 'error' && console.log(`${page.url()}: ${message.text()}`));
if (role === '-') await page.goto(`${place.url}/sign-in`);
else await signIn(page, place, place.logins[role]);
for (const language of ['ru', 'kk']) {
  await useLanguage(page, language);
  for (const address of addresses)
    for (const width of [1280, 360]) {
      const file = `${shots}/${language}-${width}/${role}${address.replaceAll(/[/?=&]+/g, '-')}.png`;
      mkdirSync(`${shots}/${language}-${width}`, { recursive: true });
      await page.setViewportSize({ width, height: 900 });
      const response = await page.goto(place.url + address);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await page.screenshot({ path: file, fullPage: true });
      console.log(`${file}\t${response.status()}${wide > 0 ? `\t${wide} px too wide` : ''}`);
    }
}
await browser.close();
