// faults.mjs: each way of breaking the installation, one after the other; what it promises holds again after each.
import { diskFull } from './disk.mjs';
import { checkLedgers, furnish } from './enrolment.mjs';
import { House } from './house.mjs';
import { kinds, killed, pupilsNeeded } from './kills.mjs';
import { renewed, databaseStopped, strangeClients } from './load.mjs';
import { sameAtOnce, staleTab, twoEdit } from './people.mjs';
import { Tally } from '../browser.mjs';

const [folder, demo, count] = process.argv.slice(2);
const times = Number(count);
const house = new House(folder, demo);
await house.signIn(house.logins.secretary);
const stock = furnish(house, pupilsNeeded(times));
const tally = new Tally();

const faults = {
  'the same form posted twice at once': sameAtOnce,
  'a stale tab': staleTab,
  'two edit one record at once': twoEdit,
  ...Object.fromEntries(kinds.map((name) => [`kill -9 of the ${name}`, killed])),
  'SIGHUP and a new binary under load': renewed,
  'the database stopped for ten seconds': databaseStopped,
  'the ledgers are what their rows say': ({ house }) => checkLedgers(house),
  'the disk is full': diskFull,
  'slow, broken and too many clients': strangeClients,
};

for (const [name, fault] of Object.entries(faults)) {
  const words = [], begun = Date.now();
  try {
    await fault({ house, stock, times, name: name.replace('kill -9 of the ', '') });
  } catch (error) {
    words.push(error.stack.split('\n').slice(0, 8).join('\n    '));
  }
  console.log(`${name}: ${Math.round((Date.now() - begun) / 1000)} s`);
  tally.note(name, words);
}
house.agent.destroy();
tally.end();
