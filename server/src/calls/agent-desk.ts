import { Refused } from '../http/refused.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { type Agent, type AgentState, lockAgent, saveAgent } from './agent-store.ts';
import { claimOf } from './queue-store.ts';

/** Who was not heard of for so long is taken for gone. */
const GONE_AFTER_MS = 60_000;

/** What members may say of themselves; the rest follows from what they do with calls. */
export const sayable = ['offline', 'ready', 'paused', 'wrap_up'] as const satisfies readonly AgentState[];
export type Sayable = (typeof sayable)[number];

const mayFollow: { readonly [S in AgentState]: readonly Sayable[] } = {
  offline: ['ready', 'paused', 'offline'],
  ready: ['ready', 'paused', 'offline'],
  paused: ['ready', 'paused', 'offline'],
  claimed: [],
  on_call: ['wrap_up'],
  wrap_up: ['wrap_up'],
};

/** What a member does as far as is known; who has no call any more does nothing with it. */
export function stateNow(agent: Agent | undefined, hasCall: boolean, now: Date): AgentState {
  if (!agent) return 'offline';
  const busy = agent.state === 'claimed' || agent.state === 'on_call' || agent.state === 'wrap_up';
  if (now.getTime() - agent.seen_at.getTime() > GONE_AFTER_MS) return hasCall && busy ? agent.state : 'offline';
  return busy && !hasCall ? 'ready' : agent.state;
}

/** A member says what they do. Refuses what cannot follow on what they do now. Said again, it shows that they live. */
export async function say(tx: Tx, memberId: string, state: Sayable, reason: string | null, now: Date): Promise<void> {
  const agent = await lockAgent(tx, memberId);
  const call = await claimOf(tx, memberId);
  const current = stateNow(agent, call !== undefined, now);
  if (current === 'paused' && call) return finishing(tx, agent, state, now);
  if (!mayFollow[current].includes(state)) throw refused(words[current]);
  const stays = agent?.state === state && (state !== 'paused' || reason === agent.reason);
  await saveAgent(
    tx,
    {
      member_id: memberId,
      state,
      reason: state === 'paused' ? reason : null,
      call_id: call?.id ?? null,
      since: stays ? agent.since : now,
      seen_at: now,
    },
    agent,
  );
}

/** Who was sent to pause during a call ends it first, and may say that the talk is over. */
async function finishing(tx: Tx, agent: Agent | undefined, state: Sayable, now: Date): Promise<void> {
  if (state !== 'wrap_up' && state !== 'paused') throw refused(words.wrap_up);
  if (agent) await saveAgent(tx, { ...agent, seen_at: now }, agent);
}

const words: { readonly [S in AgentState]: string } = {
  offline: 'Begin first.',
  ready: 'You have no call at the moment.',
  paused: 'You are paused.',
  claimed: 'You have a call. Make it, skip it or give it back first.',
  on_call: 'You are on a call. Save its outcome first.',
  wrap_up: 'Save the outcome of your call first.',
};

/** Refuses a call to somebody who is paused. */
export async function demandFree(tx: Tx, memberId: string, now: Date): Promise<void> {
  const agent = await lockAgent(tx, memberId);
  if (stateNow(agent, false, now) === 'paused') throw refused(words.paused);
}

/** A member has a call from now on. */
export async function atWork(tx: Tx, memberId: string, callId: string, now: Date): Promise<void> {
  await saveAgent(
    tx,
    {
      member_id: memberId,
      state: 'claimed',
      reason: null,
      call_id: callId,
      since: now,
      seen_at: now,
    },
    undefined,
  );
}

/** A member goes on with a call, or is done with it. Who was told to pause meanwhile pauses then. */
export async function afterCall(tx: Tx, memberId: string, state: 'on_call' | 'ready', now: Date): Promise<void> {
  const agent = await lockAgent(tx, memberId);
  const paused = agent?.state === 'paused';
  await saveAgent(
    tx,
    {
      member_id: memberId,
      state: paused ? 'paused' : state,
      reason: paused ? agent.reason : null,
      call_id: state === 'ready' ? null : (agent?.call_id ?? null),
      since: paused || agent?.state === state ? agent.since : now,
      seen_at: now,
    },
    agent,
  );
}

/** The page of a member lives. */
export async function isSeen(tx: Tx, memberId: string, now: Date): Promise<void> {
  const agent = await lockAgent(tx, memberId);
  if (agent) await saveAgent(tx, { ...agent, seen_at: now }, agent);
}

/** Somebody is sent to pause; whoever is on a call ends it first. */
export async function pauseAgent(tx: Tx, memberId: string, reason: string, now: Date): Promise<void> {
  const agent = await lockAgent(tx, memberId);
  const seen_at = agent?.seen_at ?? now;
  const call_id = agent?.call_id ?? null;
  await saveAgent(tx, { member_id: memberId, state: 'paused', reason, call_id, since: now, seen_at }, agent);
}

function refused(detail: string): Refused {
  return new Refused({ kind: 'own_conflict', code: 'agent_state', detail });
}
