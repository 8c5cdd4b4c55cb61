import { announce } from '../events/event-store.ts';
import { touchesEverything } from '../events/screens.ts';
import { emptyBinOfSamples } from '../leads/bin/bin-store.ts';
import { leadDeleted } from '../leads/lead-events.ts';
import { getLead, queueForIndex } from '../leads/lead-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { announceChange } from '../workspaces/change-store.ts';
import { type DemoLead, deleteLeads, forgetRequests, nextDemoLeads, removeItems } from './remove-store.ts';

const BATCH = 250;

/**
 * Deletes the next sample leads and everything belonging to them, and at the end all other sample records. Returns the
 * number of leads deleted.
 */
export async function removeBatch(tx: Tx, now: Date): Promise<{ removed: number; finished: boolean }> {
  const goers = await nextDemoLeads(tx, BATCH);
  touchesEverything(tx);
  if (goers.length > 0) await removeLeads(tx, goers, now);
  const finished = goers.length < BATCH;
  if (finished) {
    await removeItems(tx);
    await emptyBinOfSamples(tx);
    await announceChange(tx);
  }
  return { removed: goers.length, finished };
}

async function removeLeads(tx: Tx, goers: readonly DemoLead[], now: Date): Promise<void> {
  const ids = goers.map(({ id }) => id);
  const told = goers.filter(({ isTold }) => isTold).map(({ id }) => id);
  if (told.length > 0) await announceEnds(tx, told, now);
  await forgetRequests(
    tx,
    ids,
    goers.filter(({ isTold }) => !isTold).map(({ id }) => id),
  );
  await deleteLeads(tx, ids);
  await queueForIndex(tx, ids, -ids.length);
}

async function announceEnds(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  for (const id of ids) {
    const lead = await getLead(tx, id, true);
    if (lead) await announce(tx, leadDeleted(lead, now));
  }
}
