import { expect, test } from 'vitest';
import { axe, looks, openBrowser, picture } from '../browser.ts';
import { client, testWorld } from '../world.ts';
import { fromNow, HOUR, hold } from './scene.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const { visit } = await openBrowser(world);

/** A member with a browser of their own, so that tests do not see each other's tasks. */
async function someone(name: string, look: Parameters<typeof visit>[0] = {}) {
  const id = await world.member({ name });
  const screen = await visit({ ...look, cookie: await world.signIn(id) });
  const task = async (body: object) => (await ask('POST', '/tasks', { assignee: id, ...body })).body;
  const row = (words: string) => screen.page.getByRole('row').filter({ hasText: words });
  return { id, task, row, ...screen };
}

const tasksOf = async (id: string, when = 'open') => (await ask('GET', `/tasks?when=${when}&assignee=${id}`)).body.data;

test('a task is added by typing a sentence, which is understood before Enter; typing can go on while it is saved', async () => {
  const lead = (await ask('POST', '/leads', { name: 'Anjali Menon' })).body;
  const { id, page, open } = await someone('Ada Adder');
  await open('/tasks?tab=upcoming');
  const box = page.getByRole('textbox', { name: 'New task' });
  await box.fill('call Anjali tomorrow 10');
  await page.getByRole('status').filter({ hasText: 'Tomorrow 10:00' }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Anjali Menon', pressed: true }).count()).toBe(1);
  const save = await hold(page, '**/v1/tasks');
  await box.press('Enter');
  await box.pressSequentially(' ring Bob');
  save();
  await page.getByRole('row').filter({ hasText: 'Call Anjali' }).waitFor();
  await expect.poll(() => box.inputValue()).toBe('ring Bob');
  expect(await tasksOf(id)).toMatchObject([
    { name: 'Call Anjali', category: 'call', lead_id: lead.id, assignee_id: id },
  ]);
});

test('a task that is ticked off is done, and undo restores it', async () => {
  const { id, task, row, page, open } = await someone('Tia Ticker');
  await task({ name: 'Order paper', due_at: fromNow(-HOUR) });
  await open('/tasks');
  await expect.poll(() => row('Order paper').innerText()).toContain('1h overdue');
  await row('Order paper').getByRole('checkbox').click();
  await page.getByText('Nothing left for today').waitFor();
  expect(await tasksOf(id, 'done')).toMatchObject([{ name: 'Order paper' }]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await row('Order paper').waitFor();
  expect(await tasksOf(id)).toMatchObject([{ name: 'Order paper', done: false }]);
});

test('a task is postponed, and undo restores its old time', async () => {
  const { id, task, row, page, open } = await someone('Sam Snoozer');
  const { due_at } = await task({ name: 'Order ink', due_at: fromNow(-HOUR) });
  await open('/tasks');
  await row('Order ink').getByRole('button', { name: 'Postpone: Order ink' }).click();
  await page.getByRole('menuitem', { name: 'Tomorrow' }).click();
  await page.getByText('Nothing left for today').waitFor();
  expect(Date.parse((await tasksOf(id))[0].due_at)).toBeGreaterThan(Date.now());
  await page.getByRole('button', { name: 'Undo' }).click();
  await row('Order ink').waitFor();
  expect((await tasksOf(id))[0].due_at).toBe(due_at);
});

test('completing the last task of a lead asks what is next, and plans it', async () => {
  const lead = (await ask('POST', '/leads', { name: 'Ben Last' })).body;
  const { id, task, row, page, open } = await someone('Nia Next');
  await task({ name: 'Say hello', lead_id: lead.id, due_at: fromNow(-HOUR) });
  await open('/tasks');
  await row('Say hello').getByRole('checkbox').click();
  const dialog = page.getByRole('dialog', { name: 'What next?' });
  await dialog.getByText('Nothing else is planned for Ben Last.').waitFor();
  await dialog.getByText('Tomorrow 10:00', { exact: true }).first().waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  expect(await tasksOf(id)).toMatchObject([{ name: 'Call again', category: 'call', lead_id: lead.id }]);
});

test('tasks can be added, selected, ticked off, postponed and edited by keyboard alone', async () => {
  const { id, task, row, page, open } = await someone('Kay Keys');
  await task({ name: 'First', due_at: fromNow(-3 * HOUR) });
  await task({ name: 'Second', due_at: fromNow(-2 * HOUR) });
  await open('/tasks');
  await row('Second').waitFor();
  await page.keyboard.press('t');
  await page.keyboard.type('third today');
  await page.keyboard.press('Enter');
  await page.getByText('Added: Third').waitFor();
  await page.locator('h1').click();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await row('First').waitFor({ state: 'hidden' });
  expect(await tasksOf(id, 'done')).toMatchObject([{ name: 'First' }]);
  await page.keyboard.press('e');
  const name = page.getByRole('dialog', { name: 'Edit task' }).getByRole('textbox', { name: 'Task' });
  await name.fill('Second, edited');
  await name.press('Enter');
  await row('Second, edited').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('s');
  await page.getByRole('menuitem', { name: 'In 1 hour' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await row('Second, edited').waitFor({ state: 'hidden' });
  await page.keyboard.press('z');
  await row('Second, edited').waitFor();
});

test('a task is deleted only after confirmation', async () => {
  const { id, task, row, page, open } = await someone('Del Eter');
  await task({ name: 'Order ink', due_at: fromNow(-HOUR) });
  await open('/tasks');
  const wish = async () => {
    await row('Order ink').getByRole('button', { name: 'Edit: Order ink' }).click();
    await page.getByRole('dialog', { name: 'Edit task' }).getByRole('button', { name: 'Delete' }).click();
    return page.getByRole('dialog', { name: 'Delete this task?' });
  };
  await (await wish()).getByRole('button', { name: 'Cancel' }).click();
  expect(await tasksOf(id)).toHaveLength(1);
  await (await wish()).getByRole('button', { name: 'Delete task' }).click();
  await row('Order ink').waitFor({ state: 'hidden' });
  expect(await tasksOf(id)).toEqual([]);
});

test('the team tab shows everybody’s tasks, or those of one member', async () => {
  const beth = await world.member({ name: 'Beth Team' });
  await ask('POST', '/tasks', { name: 'Of Beth', assignee: beth });
  await ask('POST', '/tasks', { name: 'Of nobody' });
  const { row, page, open } = await someone('Tom Team');
  await open('/tasks?tab=team');
  await row('Of Beth').waitFor();
  await row('Of nobody').waitFor();
  await page.getByRole('combobox', { name: 'Assigned to' }).click();
  await page.getByRole('option', { name: 'Beth Team' }).click();
  await row('Of nobody').waitFor({ state: 'hidden' });
  await expect.poll(() => row('Of Beth').count()).toBe(1);
});

test('a viewer can read tasks but not change them', async () => {
  const id = await world.member({ name: 'Vera Viewer', role: 'viewer' });
  await ask('POST', '/tasks', { name: 'Look only', assignee: id, due_at: fromNow(-HOUR) });
  const { page, open } = await visit({ cookie: await world.signIn(id) });
  await open('/tasks');
  await page.getByRole('row').filter({ hasText: 'Look only' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'New task' }).count()).toBe(0);
  await expect.poll(() => page.getByRole('checkbox').isDisabled()).toBe(true);
});

test.each(looks)(
  'on a %s in %s the page is accessible, both with a few tasks and with no tasks at all',
  async (size, theme) => {
    const { task, row, page, open, expectNoComplaints } = await someone(`Lou ${size} ${theme}`, { size, theme });
    await open('/tasks');
    await page.getByText('Nothing left for today').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `tasks-none-${size}-${theme}`);
    const lead = (await ask('POST', '/leads', { name: 'Maximiliane von Hohenstein-Wallenberg zu Lauenburg' })).body;
    await task({
      name: 'Send the revised quote for the roof, the gate and both fences',
      lead_id: lead.id,
      due_at: fromNow(-50 * HOUR),
      category: 'email',
    });
    await task({ name: 'Call about the meter', lead_id: lead.id, due_at: fromNow(-HOUR), category: 'call' });
    await task({ name: 'Order paper', due_at: fromNow(-HOUR / 2) });
    await page.reload();
    await row('Order paper').waitFor();
    if (await page.getByRole('textbox', { name: 'New task' }).count()) {
      await page.getByRole('textbox', { name: 'New task' }).fill('call Maximiliane tomorrow 10');
      await page.getByRole('status').filter({ hasText: 'Tomorrow 10:00' }).waitFor();
    }
    expect(await axe(page)).toEqual([]);
    await picture(page, `tasks-few-${size}-${theme}`);
    await row('Order paper').getByRole('button', { name: 'Edit: Order paper' }).click();
    await page.getByRole('dialog', { name: 'Edit task' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `tasks-edit-${size}-${theme}`);
    expectNoComplaints();
  },
);

test('of very many tasks, only the visible ones are rendered', async () => {
  const { id, page, open } = await someone('Max Many');
  await world.database.tx(world.workspaceId, (tx) =>
    tx.query(
      `INSERT INTO tasks (workspace_id, id, name, category, due_at, assignee_id, actor, created_at, updated_at)
       SELECT $1, gen_random_uuid(), 'Task ' || n, 'normal', now() - n * interval '1 minute', $2, 'system', now(), now()
       FROM generate_series(1, 300) n`,
      [world.workspaceId, id],
    ),
  );
  await open('/tasks');
  await page.getByRole('row').filter({ hasText: 'Task 300' }).waitFor();
  await picture(page, 'tasks-many');
  expect(await page.getByRole('row').count()).toBeLessThan(60);
  await page.keyboard.press('j');
  const last = page.getByRole('row').filter({ hasText: /Task 1Task/ });
  for (const deadline = Date.now() + 10_000; (await last.count()) === 0 && Date.now() < deadline; )
    await page.keyboard.press('End');
  await expect.poll(() => last.count()).toBe(1);
}, 60_000);
