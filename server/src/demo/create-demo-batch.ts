import { touchesEverything } from '../events/screens.ts';
import { takeNumbers } from '../intake/intake-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { emailKey } from '../platform/email.ts';
import { type DemoClock, demoClock } from './clock.ts';
import type { DemoContext } from './demo-context.ts';
import { emptyDemoRows } from './demo-rows.ts';
import { findExisting, writeDemoRows } from './demo-store.ts';
import { addHistoryRows } from './history-rows.ts';
import { inventHistory } from './invent-history.ts';
import type { LeadHistory } from './lead-history.ts';
import { seededRandom } from './random.ts';

/** What to create. The same plan always produces the same people with the same histories. */
export interface DemoPlan {
  seed: number;
  leads: number;
  /** Number of sample leads created earlier; their people are not used again. */
  before: number;
  now: Date;
}

/** Leads written by one statement. */
export const DEMO_BATCH = 250;
const USUAL_SEED = 7;
/** Added to the index of a person whose phone or e-mail address is taken, to find a replacement. */
const STRIDE = 1_000_003;
const MOST_TRIES = 5;

/** The standard plan. */
export function planDemo(leads: number, before: number, now: Date): DemoPlan {
  return { seed: USUAL_SEED, leads, before, now };
}

/** The clock of a plan; create it once for all batches. */
export function clockOf({ now }: DemoPlan, context: DemoContext): DemoClock {
  return demoClock(now, context.referenceData.workspace.time_zone);
}

/** Creates one batch of leads, starting at this position. Returns the number created. */
export async function createDemoBatch(
  tx: Tx,
  plan: DemoPlan,
  context: DemoContext,
  clock: DemoClock,
  from: number,
): Promise<number> {
  const count = Math.min(DEMO_BATCH, plan.leads - from);
  const histories = await withoutClashes(tx, plan, context, clock, from, count);
  const numbers = await takeNumbers(tx, count);
  const rows = emptyDemoRows();
  for (const [at, history] of histories.entries()) {
    const random = seededRandom(plan.seed + 1, plan.before + from + at);
    addHistoryRows(rows, history, numbers[at] ?? 0, context, clock.now, random);
  }
  await writeDemoRows(tx, rows);
  touchesEverything(tx);
  return count;
}

/** Invents histories whose people share no phone or e-mail address with an existing lead. */
async function withoutClashes(
  tx: Tx,
  plan: DemoPlan,
  context: DemoContext,
  clock: DemoClock,
  from: number,
  count: number,
): Promise<LeadHistory[]> {
  const inventAt = (at: number, tries: number) => {
    const index = plan.before + from + at + tries * STRIDE;
    return inventHistory({ index, place: from + at, of: plan.leads }, context, clock, seededRandom(plan.seed, index));
  };
  const histories = Array.from({ length: count }, (_, at) => inventAt(at, 0));
  for (let tries = 1; ; tries += 1) {
    const taken = await findExisting(tx, histories.flatMap(keysOf));
    const clashing = histories.flatMap((history, at) => (keysOf(history).some((key) => taken.has(key)) ? at : []));
    if (clashing.length === 0) return histories;
    if (tries === MOST_TRIES) throw new Error('No more people could be made up.');
    for (const at of clashing) histories[at] = inventAt(at, tries);
  }
}

function keysOf({ person }: LeadHistory): string[] {
  const email = person.email && emailKey(person.email);
  return email ? [person.phone.phone, email] : [person.phone.phone];
}
