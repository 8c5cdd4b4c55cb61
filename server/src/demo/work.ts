import type { CallEnding, Status } from '../workspaces/reference-data.ts';
import { DAY, type DemoClock, HOUR, MINUTE } from './clock.ts';
import type { Dice } from './dice.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';

const remarks = [
  'Friendly. Pays 45 a month now and is out of contract in spring.',
  'Decides together with a partner; send the offer by email.',
  'Budget is fine, wants the installation before the 15th.',
  'Had trouble with the old provider, quality comes first.',
  'Only reachable after 17:00.',
  'Asked for a reference customer nearby.',
  'Wants two lines and a router.',
  'Will read the offer tonight.',
];
const taskNames = [
  ['Send the offer', 'email'],
  ['Check whether the address can be served', 'normal'],
  ['Ask about the contract', 'call'],
  ['Agree on a date for the installation', 'call'],
  ['Prepare the proposal', 'normal'],
] as const;
const MOST_TRIES = 4;
/** A lead with which nothing goes on for so long is given up. */
const PATIENCE = 9 * DAY;

interface Working {
  story: Story;
  stage: Stage;
  clock: DemoClock;
  dice: Dice;
}

/** From the first call on: tries until somebody answers, then moves the lead on until it is won, lost, or now. */
export function workOn(story: Story, first: number, stage: Stage, clock: DemoClock, dice: Dice): void {
  const working = { story, stage, clock, dice };
  const reachedAt = tryToReach(working, first);
  if (reachedAt === null) return;
  const answer = dice.next();
  if (answer < 0.02) {
    refuseCalls(working, reachedAt);
    return;
  }
  if (answer < 0.2) {
    call(working, reachedAt, stage.endings.notInterested, { reached: true });
    lose(working, after(working, reachedAt));
    return;
  }
  const made = answer < 0.4 ? agreeCallback(working, reachedAt) : { at: reachedAt };
  if (!made) return;
  call(working, made.at, stage.endings.done, { reached: true, ...made });
  moveOn(working, after(working, made.at));
}

/** Calls until somebody answers; the moment of that call, or null when it has not come to it. */
function tryToReach(working: Working, first: number): number | null {
  const { story, stage, clock, dice } = working;
  let at = first;
  for (let tries = 1; !dice.chance(0.58); tries += 1) {
    call(working, at, stage.endings.retry, { reached: false });
    const next = clock.working(Math.floor(at + dice.between(2, 20) * HOUR), dice);
    if (tries === MOST_TRIES) {
      if (clock.now - at > PATIENCE || dice.chance(0.7)) lose(working, after(working, at), 'No answer');
      return null;
    }
    if (next >= clock.now) {
      story.waiting = { dueAt: Math.floor(at + 2 * HOUR), callback: false, attempts: tries };
      return null;
    }
    at = next;
  }
  return at;
}

function refuseCalls(working: Working, at: number): void {
  call(working, at, working.stage.endings.do_not_call, { reached: true });
  working.story.doNotCallSince = at;
  lose(working, after(working, at), 'No interest');
}

/** A call at an agreed time: when it was made, or undefined when it is still to come. */
function agreeCallback(working: Working, at: number): { at: number; agreed: number } | undefined {
  const { story, clock, dice, stage } = working;
  call(working, at, stage.endings.callback, { reached: true });
  move(working, after(working, at), stage.open[0]);
  const agreed = Math.floor(clock.working(at + dice.between(0.2, 3) * DAY, dice) / (15 * MINUTE)) * 15 * MINUTE;
  const made = agreed + (dice.chance(0.8) ? dice.between(-2, 12) : dice.between(20, 90)) * MINUTE;
  if (made >= clock.now) {
    story.waiting = { dueAt: agreed, callback: true, attempts: story.calls.length };
    return undefined;
  }
  return { at: Math.floor(made), agreed };
}

function call(
  { story, clock, dice }: Working,
  at: number,
  ending: CallEnding | undefined,
  how: { reached: boolean; agreed?: number },
): void {
  const talkSeconds = how.reached ? Math.floor(Math.min(dice.skewed(150, 0.7), (clock.now - at) / 1000)) : 0;
  story.repliedAt ??= at + talkSeconds * 1000;
  story.calls.push({
    at,
    dueAt: how.agreed ?? at,
    callback: how.agreed !== undefined,
    outcomeId: ending?.id ?? null,
    outcome: ending?.name ?? (how.reached ? 'Spoke' : 'No answer'),
    reached: how.reached,
    talkSeconds,
    note: how.reached && dice.chance(0.7) ? dice.pick(remarks) : null,
  });
}

/** A little later than what was said on the phone. */
function after({ story, dice }: Working, at: number): number {
  const talk = story.calls.at(-1)?.talkSeconds ?? 0;
  return Math.floor(at + talk * 1000 + dice.between(0.3, 3) * MINUTE);
}

/** Through the open statuses, as far as the lead gets; then it is won, lost, or waits for its next step. */
function moveOn(working: Working, from: number): void {
  const { dice, story, clock } = working;
  const { quality } = story.source;
  const last = passThrough(working, from);
  const ends = last.isThrough ? [0.3 + 0.25 * quality, 0.65 + 0.1 * quality] : [0, 0.75];
  const [won = 0, closed = 0] = ends;
  const end = dice.next();
  const isGivenUp = clock.now - last.at > PATIENCE;
  const isClosed = end < won ? win(working, last.at) : (isGivenUp || end < closed) && lose(working, last.at);
  if (!isClosed) plan(working);
}

/** When the lead stops, and whether it came through all open statuses. */
function passThrough(working: Working, from: number): { at: number; isThrough: boolean } {
  const { story, stage, clock, dice } = working;
  let at = from;
  for (const [step, status] of stage.open.entries()) {
    if (at >= clock.now) return { at, isThrough: false };
    if (step > 0 && dice.chance(0.3)) continue;
    move(working, at, status);
    if (step === stage.open.length - 1 || dice.chance(0.25)) openDeal(working, at);
    if (dice.chance(0.3)) story.notes.push({ at: at + MINUTE, text: dice.pick(remarks) });
    if (dice.chance(0.5)) addTask(working, at);
    const goesOn = dice.chance(0.55 + 0.2 * story.source.quality);
    at = later(working, at);
    if (!goesOn) return { at, isThrough: false };
  }
  return { at, isThrough: true };
}

function later({ clock, dice }: Working, at: number): number {
  return Math.floor(clock.working(at + dice.skewed(2, 0.8) * DAY, dice));
}

function move(
  { story, stage, clock }: Working,
  at: number,
  to: Status | undefined,
  lostReasonId: string | null = null,
) {
  const from = story.moves.at(-1)?.to ?? stage.fresh;
  if (!to || to.id === from.id || at >= clock.now) return false;
  story.moves.push({ at, from, to, lostReasonId });
  return true;
}

function win(working: Working, at: number): boolean {
  return move(working, at, working.stage.won) && close(working, at, 'won');
}

function lose(working: Working, at: number, why?: string): boolean {
  const { stage, dice } = working;
  const reasons = stage.lostReasons;
  const reason = reasons.find(({ name }) => name === why) ?? (reasons.length > 0 ? dice.pick(reasons) : undefined);
  return move(working, at, stage.lost, reason?.id ?? null) && close(working, at, 'lost');
}

/** What is won or lost needs no next step. */
function close({ story, stage }: Working, at: number, as: 'won' | 'lost'): boolean {
  const [into] = stage.stages[as];
  if (story.deal && into)
    story.deal = { ...story.deal, stageId: into.id, closedAt: at, expectedAt: Math.min(story.deal.expectedAt, at) };
  story.waiting = null;
  return true;
}

/** Somebody in between has a next step, as a rule; few are late with it. */
function plan({ story, clock, dice }: Working): void {
  if (story.waiting || story.tasks.some(({ doneAt }) => doneAt === null) || dice.chance(0.12)) return;
  const [name, category] = dice.pick(taskNames);
  const days = dice.weighted([
    [-1, 1],
    [0, 4],
    [1, 6],
    [4, 7],
  ] as const);
  const dueAt = Math.floor(clock.now + days * DAY + dice.between(0.5, 6) * HOUR);
  const since = story.moves.at(-1)?.at ?? story.arrivedAt;
  const at = Math.max(story.arrivedAt + MINUTE, Math.min(since + MINUTE, clock.now - MINUTE));
  story.tasks.push({ at, name, category, dueAt: Math.max(dueAt, at + HOUR), doneAt: null });
}

function addTask({ story, clock, dice }: Working, at: number): void {
  const [name, category] = dice.pick(taskNames);
  const dueAt = clock.working(at + dice.between(0.5, 3) * DAY, dice);
  const doneAt = dueAt + dice.between(-5, 3) * HOUR;
  if (doneAt >= clock.now) return;
  story.tasks.push({ at: at + 2 * MINUTE, name, category, dueAt, doneAt: Math.floor(Math.max(doneAt, at + HOUR / 2)) });
}

function openDeal({ story, stage, dice }: Working, at: number): void {
  const stages = stage.stages.open;
  if (story.deal || stages.length === 0) return;
  const firm = story.person.company;
  story.deal = {
    at: at + MINUTE,
    name: firm ? `Lines for ${firm}` : 'Home internet',
    stageId: dice.pick(stages).id,
    amount: Math.round(dice.skewed(firm ? 4_200 : 540, 0.6)),
    expectedAt: Math.floor(at + dice.between(10, 45) * DAY),
    closedAt: null,
  };
}
