// people.mjs: what people do to each other: the same click twice at once, a tab left open, one record edited by two.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { checkAll, confirm, post, prepare } from './enrolment.mjs';
import { House } from './house.mjs';

const clicks = 8;

export async function sameAtOnce({ house, stock }) {
  const enrolment = await prepare(house, stock);
  const answers = await Promise.all(Array.from({ length: clicks }, () => confirm(house, enrolment)));
  assert.deepEqual(answers.map(({ status }) => status), Array(clicks).fill(303));
  checkAll(house, [enrolment]);
}

// Two tabs with one draft: what the second says is not lost, and nothing is done by it.
export async function staleTab({ house, stock }) {
  const enrolment = await prepare(house, stock);
  const fields = {
    action: 'draft', version: enrolment.click.version, grade: stock.grade, class: stock.class, order_scan: stock.scan,
    order_number: enrolment.number, order_date: '01.10.2026',
  };
  const first = await house.post(enrolment.path, { ...fields, order_summary: 'Первая вкладка', form_key: randomUUID() });
  assert.equal(first.status, 303);
  const second = await house.post(enrolment.path, { ...fields, order_summary: 'Вторая вкладка', form_key: randomUUID() });
  assert.equal(second.status, 409);
  assert.ok(second.body.includes('Вторая вкладка'), 'what was typed is kept');
  assert.equal((await post(house, enrolment)).status, 409, 'the confirmation of what was changed meanwhile is refused');
  checkAll(house, [enrolment]);
}

// What the form of a page would send as it stands.
function fieldsOf(page) {
  const fields = {};
  for (const [tag] of page.matchAll(/<input[^>]*>/g)) {
    const value = (name) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
    const isOff = ['checkbox', 'radio'].includes(value('type')) && !/\bchecked\b/.test(tag);
    if (value('name') !== undefined && value('type') !== 'file' && !isOff) fields[value('name')] = value('value') ?? '';
  }
  for (const [, name, options] of page.matchAll(/<select[^>]*\bname="([^"]*)"[^>]*>(.*?)<\/select>/gs))
    fields[name] = /<option[^>]*\bvalue="([^"]*)"[^>]*\bselected/.exec(options)?.[1] ?? '';
  return fields;
}

// Both have opened the form of one pupil; each presses the button several times at once.
export async function twoEdit({ house }) {
  const other = new House(house.folder, house.demo);
  await other.signIn(house.logins.head);
  const path = '/1/2026/pupils/1/contacts/edit', changes = 'SELECT COUNT(*) FROM audit WHERE org_id = 1 AND subject_kind = "pupil" AND subject_id = 1 AND action = "edit"';
  const before = house.number(changes);
  const said = await Promise.all([house, other].map(async (person, i) => {
    const page = (await person.ask(path)).body, main = page.slice(page.indexOf('<main'));
    const fields = { ...fieldsOf(main), address: `улица ${['Абая', 'Сатпаева'][i]}, ${i + 1}` };
    return Promise.all(Array.from({ length: clicks }, () => person.post(path, fields)));
  }));
  other.agent.destroy();
  const of = (status) => said.map((answers) => answers.filter((answer) => answer.status === status).length);
  assert.deepEqual(of(303).sort(), [0, clicks], `one is done and the other not: ${said.map((answers) => answers.map(({ status }) => status))}`);
  assert.deepEqual(of(409).sort(), [0, clicks]);
  assert.equal(house.number(changes), before + 1);
  const loser = said.findIndex(([answer]) => answer.status === 409), page = said[loser][0].body;
  const [[winner]] = house.rows(`SELECT CONCAT_WS(' ', surname, given) FROM person WHERE login = '${[house, other][1 - loser].login}'`);
  for (const words of [winner, 'улица Абая, 1', 'улица Сатпаева, 2']) assert.ok(page.includes(words), `the page says: ${words}`);
}
