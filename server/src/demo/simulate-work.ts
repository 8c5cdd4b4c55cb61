import type { CallEnding, Status } from '../workspaces/reference-data.ts';
import { DAY, type DemoClock, HOUR, MINUTE } from './clock.ts';
import type { DemoContext } from './demo-context.ts';
import type { LeadHistory } from './lead-history.ts';
import type { Random } from './random.ts';

const callNotes = [
  'Friendly. Pays 45 a month now and is out of contract in spring.',
  'Decides together with a partner; send the offer by e-mail.',
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
const MAX_CALLS = 4;
/** A lead without progress for this long is given up. */
const GIVEN_UP_AFTER = 9 * DAY;

interface WorkState {
  history: LeadHistory;
  context: DemoContext;
  clock: DemoClock;
  random: Random;
}

/**
 * Continues a history from the first call: retries until somebody answers, then moves the lead on until it is won,
 * lost, or its history reaches the present.
 */
export function workOn(
  history: LeadHistory,
  first: number,
  context: DemoContext,
  clock: DemoClock,
  random: Random,
): void {
  const working = { history, context, clock, random };
  const reachedAt = tryToReach(working, first);
  if (reachedAt === null) return;
  const answer = random.next();
  if (answer < 0.02) {
    refuseCalls(working, reachedAt);
    return;
  }
  if (answer < 0.2) {
    call(working, reachedAt, context.endings.notInterested, { reached: true });
    lose(working, after(working, reachedAt));
    return;
  }
  const made = answer < 0.4 ? agreeCallback(working, reachedAt) : { at: reachedAt };
  if (!made) return;
  call(working, made.at, context.endings.done, { reached: true, ...made });
  moveOn(working, after(working, made.at));
}

/** Calls until somebody answers. Returns the time of that call, or null when nobody has answered so far. */
function tryToReach(working: WorkState, first: number): number | null {
  const { history, context, clock, random } = working;
  let at = first;
  for (let tries = 1; !random.chance(0.58); tries += 1) {
    call(working, at, context.endings.retry, { reached: false });
    const next = clock.working(Math.floor(at + random.between(2, 20) * HOUR), random);
    if (tries === MAX_CALLS) {
      if (clock.now - at > GIVEN_UP_AFTER || random.chance(0.7)) lose(working, after(working, at), 'No answer');
      return null;
    }
    if (next >= clock.now) {
      history.waiting = { dueAt: Math.floor(at + 2 * HOUR), callback: false, attempts: tries };
      return null;
    }
    at = next;
  }
  return at;
}

function refuseCalls(working: WorkState, at: number): void {
  call(working, at, working.context.endings.do_not_call, { reached: true });
  working.history.doNotCallSince = at;
  lose(working, after(working, at), 'No interest');
}

/** Agrees on a callback. Returns when it was made, or undefined if it is still to come. */
function agreeCallback(working: WorkState, at: number): { at: number; agreed: number } | undefined {
  const { history, clock, random, context } = working;
  call(working, at, context.endings.callback, { reached: true });
  move(working, after(working, at), context.open[0]);
  const agreed = Math.floor(clock.working(at + random.between(0.2, 3) * DAY, random) / (15 * MINUTE)) * 15 * MINUTE;
  const made = agreed + (random.chance(0.8) ? random.between(-2, 12) : random.between(20, 90)) * MINUTE;
  if (made >= clock.now) {
    history.waiting = { dueAt: agreed, callback: true, attempts: history.calls.length };
    return undefined;
  }
  return { at: Math.floor(made), agreed };
}

function call(
  { history, clock, random }: WorkState,
  at: number,
  ending: CallEnding | undefined,
  how: { reached: boolean; agreed?: number },
): void {
  const talkSeconds = how.reached ? Math.floor(Math.min(random.skewed(150, 0.7), (clock.now - at) / 1000)) : 0;
  history.repliedAt ??= at + talkSeconds * 1000;
  history.calls.push({
    at,
    dueAt: how.agreed ?? at,
    callback: how.agreed !== undefined,
    outcomeId: ending?.id ?? null,
    outcome: ending?.name ?? (how.reached ? 'Spoke' : 'No answer'),
    reached: how.reached,
    talkSeconds,
    note: how.reached && random.chance(0.7) ? random.pick(callNotes) : null,
  });
}

/** A moment shortly after the end of the call that began at this time. */
function after({ history, random }: WorkState, at: number): number {
  const talk = history.calls.at(-1)?.talkSeconds ?? 0;
  return Math.floor(at + talk * 1000 + random.between(0.3, 3) * MINUTE);
}

/** Moves the lead on as far as it gets; then it is won, lost, or waits for its next step. */
function moveOn(working: WorkState, from: number): void {
  const { random, history, clock } = working;
  const { quality } = history.source;
  const last = passThrough(working, from);
  const ends = last.isThrough ? [0.3 + 0.25 * quality, 0.65 + 0.1 * quality] : [0, 0.75];
  const [won = 0, closed = 0] = ends;
  const end = random.next();
  const isGivenUp = clock.now - last.at > GIVEN_UP_AFTER;
  const isClosed = end < won ? win(working, last.at) : (isGivenUp || end < closed) && lose(working, last.at);
  if (!isClosed) plan(working);
}

/** Moves the lead through the open statuses. Returns when it stopped, and whether it passed all of them. */
function passThrough(working: WorkState, from: number): { at: number; isThrough: boolean } {
  const { history, context, clock, random } = working;
  let at = from;
  for (const [step, status] of context.open.entries()) {
    if (at >= clock.now) return { at, isThrough: false };
    if (step > 0 && random.chance(0.3)) continue;
    move(working, at, status);
    if (step === context.open.length - 1 || random.chance(0.25)) openDeal(working, at);
    if (random.chance(0.3)) history.notes.push({ at: at + MINUTE, text: random.pick(callNotes) });
    if (random.chance(0.5)) addTask(working, at);
    const goesOn = random.chance(0.55 + 0.2 * history.source.quality);
    at = later(working, at);
    if (!goesOn) return { at, isThrough: false };
  }
  return { at, isThrough: true };
}

function later({ clock, random }: WorkState, at: number): number {
  return Math.floor(clock.working(at + random.skewed(2, 0.8) * DAY, random));
}

function move(
  { history, context, clock }: WorkState,
  at: number,
  to: Status | undefined,
  lostReasonId: string | null = null,
) {
  const from = history.moves.at(-1)?.to ?? context.fresh;
  if (!to || to.id === from.id || at >= clock.now) return false;
  history.moves.push({ at, from, to, lostReasonId });
  return true;
}

function win(working: WorkState, at: number): boolean {
  return move(working, at, working.context.won) && close(working, at, 'won');
}

function lose(working: WorkState, at: number, why?: string): boolean {
  const { context, random } = working;
  const reasons = context.lostReasons;
  const reason = reasons.find(({ name }) => name === why) ?? (reasons.length > 0 ? random.pick(reasons) : undefined);
  return move(working, at, context.lost, reason?.id ?? null) && close(working, at, 'lost');
}

/** A won or lost lead needs no next step. */
function close({ history, context }: WorkState, at: number, as: 'won' | 'lost'): boolean {
  const [into] = context.stages[as];
  if (history.deal && into)
    history.deal = {
      ...history.deal,
      stageId: into.id,
      closedAt: at,
      expectedAt: Math.min(history.deal.expectedAt, at),
    };
  history.waiting = null;
  return true;
}

/** Most leads in progress have a next step, and few of those are overdue. */
function plan({ history, clock, random }: WorkState): void {
  if (history.waiting || history.tasks.some(({ doneAt }) => doneAt === null) || random.chance(0.12)) return;
  const [name, category] = random.pick(taskNames);
  const days = random.weighted([
    [-1, 1],
    [0, 4],
    [1, 6],
    [4, 7],
  ] as const);
  const dueAt = Math.floor(clock.now + days * DAY + random.between(0.5, 6) * HOUR);
  const since = history.moves.at(-1)?.at ?? history.arrivedAt;
  const at = Math.max(history.arrivedAt + MINUTE, Math.min(since + MINUTE, clock.now - MINUTE));
  history.tasks.push({ at, name, category, dueAt: Math.max(dueAt, at + HOUR), doneAt: null });
}

function addTask({ history, clock, random }: WorkState, at: number): void {
  const [name, category] = random.pick(taskNames);
  const dueAt = clock.working(at + random.between(0.5, 3) * DAY, random);
  const doneAt = dueAt + random.between(-5, 3) * HOUR;
  if (doneAt >= clock.now) return;
  history.tasks.push({
    at: at + 2 * MINUTE,
    name,
    category,
    dueAt,
    doneAt: Math.floor(Math.max(doneAt, at + HOUR / 2)),
  });
}

function openDeal({ history, context, random }: WorkState, at: number): void {
  const stages = context.stages.open;
  if (history.deal || stages.length === 0) return;
  const firm = history.person.company;
  history.deal = {
    at: at + MINUTE,
    name: firm ? `Lines for ${firm}` : 'Home internet',
    stageId: random.pick(stages).id,
    amount: Math.round(random.skewed(firm ? 4_200 : 540, 0.6)),
    expectedAt: Math.floor(at + random.between(10, 45) * DAY),
    closedAt: null,
  };
}
