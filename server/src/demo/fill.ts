import type { Database } from '../platform/database/database.ts';
import { announceChange } from '../workspaces/change-store.ts';
import { prepareStage } from './cast.ts';
import { countDemoLeads } from './demo-store.ts';
import { clockOf, DEMO_BATCH, makeBatch, planDemo } from './make-demo.ts';

/** How many are to be made, and who hears of it. */
export interface Filling {
  leads: number;
  now: Date;
  /** Asked before each batch; what was made stays. */
  isStopped?(): boolean;
  /** So many were made by now. */
  onMade?(made: number): Promise<void> | void;
}

/** Nobody waits for an answer here. */
export const PATIENT = { retry: true, settings: { statement_timeout: '14000', lock_timeout: '14000' } } as const;

/** Makes any number of leads, two batches at a time: while PostgreSQL writes one, the next is made up. Answers how many. */
export async function fill(app: Database, workspaceId: string, filling: Filling): Promise<number> {
  const { leads, now, isStopped, onMade } = filling;
  const before = await app.tx(workspaceId, countDemoLeads);
  const stage = await app.tx(workspaceId, async (tx) => {
    const prepared = await prepareStage(tx, before + leads);
    await announceChange(tx);
    return prepared;
  });
  const plan = planDemo(leads, before, now);
  const clock = clockOf(plan, stage);
  let [next, made] = [0, 0];
  const lane = async () => {
    while (next < leads && !isStopped?.()) {
      const from = next;
      next += DEMO_BATCH;
      const batch = await app.tx(workspaceId, (tx) => makeBatch(tx, plan, stage, clock, from), PATIENT);
      made += batch;
      await onMade?.(made);
    }
  };
  const lanes = await Promise.allSettled([lane(), lane()]);
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
  return made;
}
