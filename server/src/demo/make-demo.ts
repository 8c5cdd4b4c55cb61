import { touchesEverything } from '../events/screens.ts';
import { takeNumbers } from '../intake/intake-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { emailKey } from '../platform/email.ts';
import { type DemoClock, demoClock } from './clock.ts';
import { findTaken, writeDemoRows } from './demo-store.ts';
import { writeDemoTimeline } from './demo-timeline.ts';
import { throwDice } from './dice.ts';
import { noDemoRows } from './row-lists.ts';
import { writeStory } from './rows.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';

/** What is to be made: the same twice makes the same people with the same histories. */
export interface DemoPlan {
  seed: number;
  leads: number;
  /** Leads that were made before: their people are not made again. */
  before: number;
  now: Date;
}

/** Leads made by one statement. */
export const DEMO_BATCH = 250;
const USUAL_SEED = 7;
/** Somebody whose phone a lead has already is replaced by one from so much further on. */
const STRIDE = 1_000_003;
const MOST_TRIES = 5;

/** The usual plan. */
export function planDemo(leads: number, before: number, now: Date): DemoPlan {
  return { seed: USUAL_SEED, leads, before, now };
}

/** The clock of a plan, to be made once for all its batches. */
export function clockOf({ now }: DemoPlan, stage: Stage): DemoClock {
  return demoClock(now, stage.referenceData.workspace.time_zone);
}

/** Makes the leads from this place on, as many as a batch has. Answers how many. */
export async function makeBatch(tx: Tx, plan: DemoPlan, stage: Stage, clock: DemoClock, from: number): Promise<number> {
  const count = Math.min(DEMO_BATCH, plan.leads - from);
  const stories = await withoutClashes(tx, plan, stage, clock, from, count);
  const numbers = await takeNumbers(tx, count);
  const rows = noDemoRows();
  for (const [at, story] of stories.entries()) {
    const dice = throwDice(plan.seed + 1, plan.before + from + at);
    writeStory(rows, story, numbers[at] ?? 0, stage, clock.now, dice);
  }
  await writeDemoRows(tx, rows);
  touchesEverything(tx);
  return count;
}

/** Stories of people whom no lead is about yet. */
async function withoutClashes(
  tx: Tx,
  plan: DemoPlan,
  stage: Stage,
  clock: DemoClock,
  from: number,
  count: number,
): Promise<Story[]> {
  const tell = (at: number, tries: number) => {
    const index = plan.before + from + at + tries * STRIDE;
    return writeDemoTimeline({ index, place: from + at, of: plan.leads }, stage, clock, throwDice(plan.seed, index));
  };
  const stories = Array.from({ length: count }, (_, at) => tell(at, 0));
  for (let tries = 1; ; tries += 1) {
    const taken = await findTaken(tx, stories.flatMap(keysOf));
    const clashing = stories.flatMap((story, at) => (keysOf(story).some((key) => taken.has(key)) ? at : []));
    if (clashing.length === 0) return stories;
    if (tries === MOST_TRIES) throw new Error('No more people could be made up.');
    for (const at of clashing) stories[at] = tell(at, tries);
  }
}

function keysOf({ person }: Story): string[] {
  const email = person.email && emailKey(person.email);
  return email ? [person.phone.phone, email] : [person.phone.phone];
}
