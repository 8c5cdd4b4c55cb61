import { analyzeTables } from '../demo/analyze-store.ts';
import { createDemoLeads, type DemoOptions, PATIENT } from '../demo/create-demo-leads.ts';
import { removeBatch } from '../demo/remove-demo.ts';
import type { Database } from '../platform/database/database.ts';
import { operatorError } from '../platform/operator-error.ts';
import type { Store } from '../store.ts';
import { type Call, type Command, flag, optionalText, usageError } from './command.ts';
import { withReadyStore, workspaceOf } from './with-store.ts';

const DEFAULT_LEADS = 200;
const MAX_LEADS = 5_000_000;
/** Leads between two progress messages of a long run. */
const PROGRESS_EVERY = 50_000;
/**
 * From this many new leads on, PostgreSQL's table statistics need a refresh, once near the start and once at the end.
 */
const ANALYZE_FROM = 5_000;
const FIRST_ANALYZE = 1_000;

export const demo: Command = {
  usage: 'demo [--leads N] [--remove] [--workspace W]',
  about: 'Fill a workspace with sample leads and eight weeks of history, or remove them again.',
  async run(call) {
    const leads = readCount(call);
    await withReadyStore(call, async (store) => {
      const { id: workspaceId } = await workspaceOf(call, store);
      if (flag(call, 'remove')) await remove(call, store.app, workspaceId);
      else await create(call, store, workspaceId, leads);
    });
  },
};

function readCount(call: Call): number {
  const sent = optionalText(call, 'leads');
  if (sent !== undefined && flag(call, 'remove'))
    throw usageError('--remove removes all sample leads and cannot be combined with --leads.');
  const leads = Number(sent ?? DEFAULT_LEADS);
  if (!Number.isInteger(leads) || leads < 1 || leads > MAX_LEADS)
    throw usageError(`--leads must be a whole number from 1 to ${MAX_LEADS}, not "${sent}".`);
  return leads;
}

async function create(call: Call, { app, owner }: Store, workspaceId: string, leads: number): Promise<void> {
  const { signal, now, screen } = call;
  let [reported, analyzed] = [0, leads < ANALYZE_FROM];
  const onMade: DemoOptions['onProgress'] = async (made) => {
    if (made - reported >= PROGRESS_EVERY && made < leads) {
      reported = made;
      screen.warn(`${made} of ${leads} leads created`);
    }
    if (analyzed || made < FIRST_ANALYZE) return;
    analyzed = true;
    await analyzeTables(owner);
  };
  const made = await createDemoLeads(app, workspaceId, {
    leads,
    now,
    onProgress: onMade,
    isStopped: () => signal.aborted,
  });
  if (signal.aborted) throw operatorError(`Interrupted; ${made} of ${leads} leads were created.`);
  if (leads >= ANALYZE_FROM) await analyzeTables(owner);
  screen.show({ leads: made }, [`Created ${made} leads. "leadwell demo --remove" removes them again.`]);
}

async function remove(call: Call, app: Database, workspaceId: string): Promise<void> {
  let removed = 0;
  for (let finished = false; !finished; ) {
    const step = await app.tx(workspaceId, (tx) => removeBatch(tx, call.now), PATIENT);
    removed += step.removed;
    finished = step.finished;
    if (call.signal.aborted && !finished) throw operatorError(`Interrupted; ${removed} leads were removed.`);
  }
  call.screen.show({ leads: removed }, [`Removed ${removed} sample leads and everything created with them.`]);
}
