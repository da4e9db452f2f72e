// stories.mjs: each story is told once for every language and with and without JavaScript; the year once for every language, in a school
// of its own, the last two once.
import { Tally, installation, launch } from '../browser.mjs';
import { slipToSignIn } from './slip.mjs';
import { registerToPrint } from './enrolment.mjs';
import { exportToImport } from './exchange.mjs';
import { enrolByKeyboard } from './keyboard.mjs';
import { aYear } from './year.mjs';

const [schoolFolder, emptyFolder, secondFolder, languages] = process.argv.slice(2);
const school = installation(schoolFolder);
const empty = installation(emptyFolder);
const stories = { 'from slip to sign-in': slipToSignIn, 'from registration to the printed list and to another installation': registerToPrint };
const tellings = [
  { language: 'ru', javaScriptEnabled: true },
  { language: 'kk', javaScriptEnabled: true },
  { language: 'ru', javaScriptEnabled: false },
  { language: 'kk', javaScriptEnabled: false },
].filter(({ language }) => languages.split(',').includes(language));

const tally = new Tally();
const browser = await launch();

async function tell(name, story, ...facts) {
  const faults = [];
  try {
    await story(...facts);
  } catch (error) {
    faults.push(error.stack.split('\n').slice(0, 6).join('\n    '));
  }
  tally.note(name, faults);
}

for (const [name, story] of Object.entries(stories))
  for (const [number, telling] of tellings.entries()) {
    const words = `${name}, ${telling.language}, ${telling.javaScriptEnabled ? 'with' : 'without'} JavaScript`;
    await tell(words, story, { browser, place: school, empty, number, ...telling });
  }
await tell('an enrolment by the keyboard alone', enrolByKeyboard, { browser, place: school });
await tell('the school exported, imported elsewhere, exported again', exportToImport, { browser, school, empty });
for (const [language, folder] of [['ru', schoolFolder], ['kk', secondFolder]])
  if (languages.split(',').includes(language)) await tell(`a year in the office, ${language}`, aYear, { browser, place: installation(folder), language });
await browser.close();
tally.end();
