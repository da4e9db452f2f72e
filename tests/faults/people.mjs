// people.mjs: what people do to each other: the same click twice at once, a tab left open.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { checkAll, confirm, prepare } from './enrolment.mjs';

const clicks = 8;

export async function sameAtOnce({ house, stock }) {
  const enrolment = await prepare(house, stock);
  const answers = await Promise.all(Array.from({ length: clicks }, () => confirm(house, enrolment)));
  assert.deepEqual(answers.map(({ status }) => status), Array(clicks).fill(303));
  await checkAll(house, [enrolment]);
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
  assert.equal((await confirm(house, enrolment)).status, 409, 'the confirmation of what was changed meanwhile is refused');
  await checkAll(house, [enrolment]);
}
