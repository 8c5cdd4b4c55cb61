import { DAY, type DemoClock, HOUR, MINUTE } from './clock.ts';
import type { DemoContext } from './demo-context.ts';
import type { LeadHistory } from './lead-history.ts';
import { personAt } from './person.ts';
import type { Random } from './random.ts';
import { workOn } from './simulate-work.ts';

const wishes = [
  'Asks for a price for 100 Mbps.',
  'Wants to switch before the end of the month.',
  'Moves house next month and needs a line there.',
  'Asks whether installation is possible on a Saturday.',
  'Compares three offers; price matters.',
  'Needs a fixed address for the office.',
  'Read about the spring offer.',
  'Wants to be called back after work.',
];

/** Invents the history of the lead at position `place` in the order of arrival. */
export function inventHistory(
  { index, place, of }: { index: number; place: number; of: number },
  context: DemoContext,
  clock: DemoClock,
  random: Random,
): LeadHistory {
  const arrivedAt = clock.arrival(place, of, random);
  const source = random.weighted(context.sources.map((one) => [one, one.weight] as const));
  const type = context.types[random.chance(0.88) ? 0 : context.types.length - 1];
  const age = clock.now - arrivedAt;
  const history: LeadHistory = {
    person: personAt(index, random),
    arrivedAt,
    source,
    campaign: source.campaigns.length > 0 && random.chance(0.8) ? random.pick(source.campaigns) : null,
    typeId: type?.id ?? null,
    typeName: type?.name ?? null,
    agent: random.chance(age < 6 * HOUR ? 0.25 : 0) ? null : (context.agents[index % context.agents.length] ?? null),
    wish: random.pick(wishes),
    repliedAt: null,
    calls: [],
    waiting: null,
    moves: [],
    notes: [],
    tasks: [],
    deal: null,
    arrivedAgainAt: null,
    doNotCallSince: null,
  };
  const again = arrivedAt + random.between(0.2, 9) * DAY;
  if (random.chance(0.06) && again < clock.now) history.arrivedAgainAt = Math.floor(again);
  // Few leads are forgotten, and none for days, because somebody would notice.
  const isForgotten = age < 20 * HOUR && random.chance(0.06);
  const wait = random.skewed(11, 1.1) * MINUTE * (history.agent?.slowness ?? 1);
  const first = clock.working(arrivedAt + wait, random);
  if (!history.agent || isForgotten || first >= clock.now) {
    const dueAt = Math.floor(arrivedAt + random.between(0, 3) * MINUTE);
    history.waiting = random.chance(0.85) ? { dueAt, callback: false, attempts: 0 } : null;
    return history;
  }
  workOn(history, Math.floor(first), context, clock, random);
  return history;
}
