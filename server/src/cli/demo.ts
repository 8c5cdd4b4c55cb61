import { type Filling, fill, PATIENT } from '../demo/fill.ts';
import { tellPlanner } from '../demo/planner-store.ts';
import { removeBatch } from '../demo/remove-demo.ts';
import type { Database } from '../platform/database/database.ts';
import { operatorError } from '../platform/operator-error.ts';
import type { Store } from '../store.ts';
import { type Call, type Command, flag, misused, optional } from './command.ts';
import { inReadyStore, workspaceOf, workspaceOption } from './in-store.ts';

const USUAL = 200;
const MOST = 5_000_000;
/** How often a long run says how far it is, in leads. */
const SAID_EVERY = 50_000;
/** So many change what PostgreSQL must know of its tables: it looks at them near the start and at the end. */
const MANY = 5_000;
const FIRST_LOOK = 1_000;

export const demo: Command = {
  name: 'demo',
  usage: '[--leads N] [--remove] [--workspace W]',
  about: 'Fill a workspace with made-up leads and eight weeks of their history, or remove them again.',
  options: { ...workspaceOption, leads: { type: 'string' }, remove: { type: 'boolean' } },
  async run(call) {
    const leads = readCount(call);
    await inReadyStore(call, async (store) => {
      const { id: workspaceId } = await workspaceOf(call, store);
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

async function make(call: Call, { app, owner }: Store, workspaceId: string, leads: number): Promise<void> {
  const { signal, now, screen } = call;
  let [said, looked] = [0, leads < MANY];
  const onMade: Filling['onMade'] = async (made) => {
    if (made - said >= SAID_EVERY && made < leads) {
      said = made;
      screen.warn(`${made} of ${leads}`);
    }
    if (looked || made < FIRST_LOOK) return;
    looked = true;
    await tellPlanner(owner);
  };
  const made = await fill(app, workspaceId, { leads, now, onMade, isStopped: () => signal.aborted });
  if (signal.aborted) throw operatorError(`Interrupted; ${made} of ${leads} leads were made.`);
  if (leads >= MANY) await tellPlanner(owner);
  screen.show({ leads: made }, [`Made ${made} leads. "leadwell demo --remove" removes them again.`]);
}

async function remove(call: Call, app: Database, workspaceId: string): Promise<void> {
  let removed = 0;
  for (let finished = false; !finished; ) {
    const step = await app.tx(workspaceId, (tx) => removeBatch(tx, call.now), PATIENT);
    removed += step.removed;
    finished = step.finished;
    if (call.signal.aborted && !finished) throw operatorError(`Interrupted; ${removed} leads were removed.`);
  }
  call.screen.show({ leads: removed }, [`Removed ${removed} made-up leads, and what was made for them.`]);
}
