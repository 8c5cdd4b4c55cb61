import type { Database } from '../platform/database/database.ts';
import { announceChange } from '../workspaces/change-store.ts';
import { clockOf, createDemoBatch, DEMO_BATCH, planDemo } from './create-demo-batch.ts';
import { countDemoLeads } from './demo-store.ts';
import { prepareWorkspace } from './prepare-workspace.ts';

/** What to create, and callbacks for progress and stopping. */
export interface DemoOptions {
  leads: number;
  now: Date;
  /** Called before each batch; leads created so far are kept. */
  isStopped?(): boolean;
  /** Called with the number of leads created so far. */
  onProgress?(created: number): Promise<void> | void;
}

/** Longer limits, because nobody waits for an answer. */
export const PATIENT = { retry: true, settings: { statement_timeout: '14000', lock_timeout: '14000' } } as const;

/** Creates any number of leads, preparing one batch while PostgreSQL writes another. Returns the number created. */
export async function createDemoLeads(app: Database, workspaceId: string, options: DemoOptions): Promise<number> {
  const { leads, now, isStopped, onProgress: onMade } = options;
  const before = await app.tx(workspaceId, countDemoLeads);
  const context = await app.tx(workspaceId, async (tx) => {
    const prepared = await prepareWorkspace(tx, before + leads);
    await announceChange(tx);
    return prepared;
  });
  const plan = planDemo(leads, before, now);
  const clock = clockOf(plan, context);
  let [next, made] = [0, 0];
  const lane = async () => {
    while (next < leads && !isStopped?.()) {
      const from = next;
      next += DEMO_BATCH;
      const batch = await app.tx(workspaceId, (tx) => createDemoBatch(tx, plan, context, clock, from), PATIENT);
      made += batch;
      await onMade?.(made);
    }
  };
  const lanes = await Promise.allSettled([lane(), lane()]);
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
  return made;
}
