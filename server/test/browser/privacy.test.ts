import { describe, expect, test } from 'vitest';
import { uuidv7 } from '../../src/platform/ids.ts';
import { axe, looks, openBrowser, picture } from '../browser.ts';
import { client, testWorld } from '../world.ts';

const world = await testWorld();
const { visit } = await openBrowser(world);
const owner = await world.signIn(world.ownerId);

describe.each(looks)('on a %s in %s', (size, theme) => {
  test('an owner finds a person, erases them after typing the email, and sees the certificate', async () => {
    const ask = client(world, { cookie: owner });
    const email = `petra@${size}.example`;
    const phone = size === 'phone' ? '07700 900321' : '07700 900322';
    const { body: lead } = await ask('POST', '/leads', { name: 'Petra Private', email, phone });
    await ask('POST', `/leads/${lead.id}/notes`, { text: 'Wants a call' });
    const { page, open, expectNoComplaints } = await visit({ size, theme, cookie: owner });
    await open('/settings/privacy');
    await page.getByText('No one has been erased').or(page.getByLabel('Certificates')).first().waitFor();
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: 'Find' }).click();
    await page
      .getByRole('link', { name: /Petra Private/ })
      .first()
      .waitFor();
    await picture(page, `privacy-found-${size}-${theme}`);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Erase this person…' }).click();
    const erase = page.getByRole('button', { name: 'Erase person', exact: true });
    expect(await erase.isDisabled()).toBe(true);
    await page.getByLabel(/to confirm/).fill(email);
    await picture(page, `privacy-confirm-${size}-${theme}`);
    const done = page.getByLabel('Certificates').getByText('Done');
    const before = await done.count();
    await erase.click();
    await expect.poll(() => done.count()).toBe(before + 1);
    await picture(page, `privacy-erased-${size}-${theme}`);
    expect(await axe(page)).toEqual([]);
    expect((await ask('GET', `/leads/${lead.id}`)).status).toBe(404);
    expectNoComplaints();
  }, 240_000);
});

/** Adds jobs in all states, none of them due. */
async function addJobs(): Promise<void> {
  await world.query('DELETE FROM jobs');
  for (const [kind, state, done, reason] of [
    ['make-demo', 'failed', 0, 'Something went wrong on the server. The cause is in its log.'],
    ['change-leads', 'running', 340, null],
    ['replay-submissions', 'queued', 0, 'The database did not answer.'],
    ['retention', 'done', 12, null],
  ])
    await world.query(
      `INSERT INTO jobs (workspace_id, id, kind, state, params, total, done, failed, member_id, actor, reason, run_at,
         created_at, updated_at, result)
       VALUES ($1, $2, $3, $4, '{"leads": 1}', 1000, $5, 2, $6::uuid, 'member:' || $6, $7, now() + interval '1 day',
         now() - interval '10 minutes', now(), jsonb_build_object('undoable', $3 = 'change-leads'))`,
      [world.workspaceId, uuidv7(), kind, state, done, world.ownerId, reason],
    );
}

test.each([
  ['desktop', 'dark'],
  ['phone', 'light'],
] as const)(
  'on a %s a failed job is retried and a running one cancelled; schedules are shown',
  async (size, theme) => {
    await addJobs();
    const { page, open, expectNoComplaints } = await visit({ size, theme, cookie: owner });
    await open('/settings/jobs');
    await page.getByRole('listitem').filter({ hasText: 'Once a day' }).getByText('Remove old records').waitFor();
    const jobs = page.getByRole('list', { name: 'Jobs, newest first' });
    const job = (kind: string) => jobs.getByRole('listitem').filter({ hasText: kind });
    await job('Create sample leads').getByText('The cause is in its log.').waitFor();
    await job('Change leads').getByRole('progressbar').waitFor();
    await picture(page, `jobs-${size}-${theme}`);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Retry: Create sample leads' }).focus();
    await page.keyboard.press('Enter');
    await job('Create sample leads').getByText('Done').waitFor();
    await page.getByRole('button', { name: 'Cancel: Change leads' }).click();
    await job('Change leads').getByText('Cancelled').waitFor();
    await job('Change leads').getByRole('button', { name: 'Undo: Change leads' }).waitFor();
    await page.getByRole('combobox', { name: 'State' }).click();
    await page.getByRole('option', { name: 'Failed' }).click();
    await page.getByText('No jobs match').waitFor();
    expectNoComplaints();
  },
  240_000,
);
