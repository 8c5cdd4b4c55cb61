import { prepareStage } from '../demo/cast.ts';
import { countDemoLeads, demoTables } from '../demo/demo-store.ts';
import { clockOf, DEMO_BATCH, makeBatch, planDemo } from '../demo/make-demo.ts';
import { removeBatch } from '../demo/remove-demo.ts';
import type { Database } from '../platform/database.ts';
import { isTimeout } from '../platform/database-errors.ts';
import { refusal } from '../platform/refusal.ts';
import type { Store } from '../store.ts';
import { announceChange } from '../workspaces/change-store.ts';
import { type Call, type Command, flag, misused, optional } from './command.ts';
import { inReadyStore, workspaceOf, workspaceOption } from './in-store.ts';

const USUAL = 200;
const MOST = 5_000_000;
/** How often a long run says how far it is, in leads. */
const SAID_EVERY = 50_000;
/** So many change what PostgreSQL must know of its tables to choose its ways well: it is told at the start and at the end. */
const MANY = 5_000;
const FIRST = 2 * DEMO_BATCH;
/** Nobody waits for an answer here. */
const PATIENT = { retry: true, settings: { statement_timeout: '14000', lock_timeout: '14000' } } as const;

export const demo: Command = {
  name: 'demo',
  usage: '[--leads N] [--remove] [--workspace W]',
  about: 'Fill a workspace with made-up leads and eight weeks of their history, or remove them again.',
  options: { ...workspaceOption, leads: { type: 'string' }, remove: { type: 'boolean' } },
  async run(call) {
    const leads = readCount(call);
    await inReadyStore(call, async (store) => {
      const workspaceId = await workspaceOf(call, store);
      if (flag(call, 'remove')) await remove(call, store.app, workspaceId);
      else await make(call, store, workspaceId, leads);
    });
    return 0;
  },
};

function readCount(call: Call): number {
  const sent = optional(call, 'leads');
  if (sent !== undefined && flag(call, 'remove'))
    throw misused('--remove takes all that were made: no --leads with it.');
  const leads = Number(sent ?? USUAL);
  if (!Number.isInteger(leads) || leads < 1 || leads > MOST)
    throw misused(`--leads must be a whole number from 1 to ${MOST}; it is "${sent}".`);
  return leads;
}

/** Two at a time: while PostgreSQL writes one batch, the next one is made up. */
async function make(call: Call, { app, owner }: Store, workspaceId: string, leads: number): Promise<void> {
  const before = await app.tx(workspaceId, countDemoLeads);
  const stage = await app.tx(workspaceId, async (tx) => {
    const prepared = await prepareStage(tx);
    await announceChange(tx);
    return prepared;
  });
  const plan = planDemo(leads, before, call.now);
  const clock = clockOf(plan, stage);
  let [next, made, said] = [0, 0, 0];
  const lane = async () => {
    while (next < leads) {
      if (call.signal.aborted) throw refusal(`Interrupted; ${made} of ${leads} leads were made.`);
      const from = next;
      next += DEMO_BATCH;
      const batch = await app.tx(workspaceId, (tx) => makeBatch(tx, plan, stage, clock, from), PATIENT);
      made += batch;
      if (leads >= MANY && from === FIRST) await tellPlanner(owner);
      if (made - said < SAID_EVERY || made === leads) continue;
      said = made;
      call.screen.warn(`${made} of ${leads}`);
    }
  };
  const lanes = await Promise.allSettled([lane(), lane()]);
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
  if (leads >= MANY) await tellPlanner(owner);
  call.screen.show({ leads: made }, [`Made ${made} leads. "leadwell demo --remove" removes them again.`]);
}

/** A table for which there is no time is looked at later, by PostgreSQL itself. */
async function tellPlanner(owner: Database): Promise<void> {
  for (const table of demoTables)
    await owner
      .global(async (tx) => {
        await tx.query("SET LOCAL statement_timeout = '14s'");
        await tx.query(`ANALYZE ${table}`);
      })
      .catch((error: unknown) => {
        if (!isTimeout(error)) throw error;
      });
}

async function remove(call: Call, app: Database, workspaceId: string): Promise<void> {
  let removed = 0;
  for (let finished = false; !finished; ) {
    const step = await app.tx(workspaceId, (tx) => removeBatch(tx, call.now), PATIENT);
    removed += step.removed;
    finished = step.finished;
    if (call.signal.aborted && !finished) throw refusal(`Interrupted; ${removed} leads were removed.`);
  }
  call.screen.show({ leads: removed }, [`Removed ${removed} made-up leads, and what was made for them.`]);
}
