import { expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { activityKindNames, activityKinds } from './activity-kinds.ts';

const { query } = await testDatabase();

/** The activity kinds that a trigger reacts to. */
async function kindsOfTrigger(name: string): Promise<string[]> {
  const [trigger] = await query<{ text: string }>(
    `SELECT pg_get_triggerdef(oid) AS text FROM pg_trigger WHERE tgname = $1 AND tgrelid = 'activities'::regclass`,
    [name],
  );
  const condition = trigger?.text.match(/new\.kind = (ANY \(ARRAY\[[^\]]*\]\)|'[^']*')/)?.[1] ?? '';
  return [...condition.matchAll(/'([^']*)'/g)].map(([, kind]) => kind ?? '').sort();
}

test('the first-reply trigger fires for the activity kinds that are replies', async () => {
  expect(await kindsOfTrigger('first_reply')).toEqual(
    activityKindNames.filter((kind) => activityKinds[kind].isReply).sort(),
  );
});

test('the trigger that records moves fires for the activity kinds that may move a lead', async () => {
  expect(await kindsOfTrigger('move')).toEqual(
    activityKindNames.filter((kind) => activityKinds[kind].movesStatus).sort(),
  );
});

test('no trigger fires for an activity kind that is never written', async () => {
  const triggers = await query<{ tgname: string }>(
    `SELECT tgname FROM pg_trigger WHERE tgrelid = 'activities'::regclass AND NOT tgisinternal AND tgqual IS NOT NULL`,
  );
  const kinds = await Promise.all(triggers.map(({ tgname }) => kindsOfTrigger(tgname)));
  expect(triggers.length).toBeGreaterThan(2);
  expect(kinds.every(({ length }) => length > 0)).toBe(true);
  expect(kinds.flat().filter((kind) => !(kind in activityKinds))).toEqual([]);
});
