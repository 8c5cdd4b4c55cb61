import { DAY, type DemoClock, HOUR, MINUTE } from './clock.ts';
import type { Dice } from './dice.ts';
import { personAt } from './person.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';
import { workOn } from './work.ts';

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

/** Makes up the history of the lead that is the `place`th of so many to arrive. */
export function writeDemoTimeline(
  { index, place, of }: { index: number; place: number; of: number },
  stage: Stage,
  clock: DemoClock,
  dice: Dice,
): Story {
  const arrivedAt = clock.arrival(place, of, dice);
  const source = dice.weighted(stage.sources.map((one) => [one, one.weight] as const));
  const type = stage.types[dice.chance(0.88) ? 0 : stage.types.length - 1];
  const age = clock.now - arrivedAt;
  const story: Story = {
    person: personAt(index, dice),
    arrivedAt,
    source,
    campaign: source.campaigns.length > 0 && dice.chance(0.8) ? dice.pick(source.campaigns) : null,
    typeId: type?.id ?? null,
    typeName: type?.name ?? null,
    agent: dice.chance(age < 6 * HOUR ? 0.25 : 0) ? null : (stage.agents[index % stage.agents.length] ?? null),
    wish: dice.pick(wishes),
    repliedAt: null,
    calls: [],
    waiting: null,
    moves: [],
    notes: [],
    tasks: [],
    deal: null,
    cameAgainAt: null,
    doNotCallSince: null,
  };
  const again = arrivedAt + dice.between(0.2, 9) * DAY;
  if (dice.chance(0.06) && again < clock.now) story.cameAgainAt = Math.floor(again);
  // Few wait for longer than they should, and not for days: somebody notices.
  const isForgotten = age < 20 * HOUR && dice.chance(0.06);
  const wait = dice.skewed(11, 1.1) * MINUTE * (story.agent?.slowness ?? 1);
  const first = clock.working(arrivedAt + wait, dice);
  if (!story.agent || isForgotten || first >= clock.now) {
    const dueAt = Math.floor(arrivedAt + dice.between(0, 3) * MINUTE);
    story.waiting = dice.chance(0.85) ? { dueAt, callback: false, attempts: 0 } : null;
    return story;
  }
  workOn(story, Math.floor(first), stage, clock, dice);
  return story;
}
