import { Refused } from '../http/refused.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { type Agent, type AgentState, lockAgent, saveAgent } from './agent-store.ts';
import { claimOf } from './queue-store.ts';

/** Members whose page has been silent for this long count as offline, unless they have a call. */
const GONE_AFTER_MS = 60_000;

/** States that members can set themselves; the others follow from their calls. */
export const settableStates = ['offline', 'ready', 'paused', 'wrap_up'] as const satisfies readonly AgentState[];
export type SettableState = (typeof settableStates)[number];

const mayFollow: { readonly [S in AgentState]: readonly SettableState[] } = {
  offline: ['ready', 'paused', 'offline'],
  ready: ['ready', 'paused', 'offline'],
  paused: ['ready', 'paused', 'offline'],
  claimed: [],
  on_call: ['wrap_up'],
  wrap_up: ['wrap_up'],
};

/** A member's current state. The states of a call no longer apply once the member has no call. */
export function stateNow(agent: Agent | undefined, hasCall: boolean, now: Date): AgentState {
  if (!agent) return 'offline';
  const busy = agent.state === 'claimed' || agent.state === 'on_call' || agent.state === 'wrap_up';
  if (now.getTime() - agent.seen_at.getTime() > GONE_AFTER_MS) return hasCall && busy ? agent.state : 'offline';
  return busy && !hasCall ? 'ready' : agent.state;
}

/**
 * Sets a member's state. Refuses a state that cannot follow the current one. Setting the same state again records that
 * the member is still present.
 */
export async function setAgentState(
  tx: Tx,
  memberId: string,
  state: SettableState,
  reason: string | null,
  now: Date,
): Promise<void> {
  const agent = await lockAgent(tx, memberId);
  const call = await claimOf(tx, memberId);
  const current = stateNow(agent, call !== undefined, now);
  if (current === 'paused' && call) return finishCallFirst(tx, agent, state, now);
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

/** A member who was asked to pause during a call finishes it first, and may still report wrap-up. */
async function finishCallFirst(tx: Tx, agent: Agent | undefined, state: SettableState, now: Date): Promise<void> {
  if (state !== 'wrap_up' && state !== 'paused') throw refused(words.wrap_up);
  if (agent) await saveAgent(tx, { ...agent, seen_at: now }, agent);
}

const words: { readonly [S in AgentState]: string } = {
  offline: 'You are offline. Go online first.',
  ready: 'You have no call at the moment.',
  paused: 'You are paused.',
  claimed: 'You hold a call. Make, skip or release it first.',
  on_call: 'You are on a call. Save its outcome first.',
  wrap_up: 'Save the outcome of your call first.',
};

/** Throws if the member is paused, because paused members are given no calls. */
export async function requireNotPaused(tx: Tx, memberId: string, now: Date): Promise<void> {
  const agent = await lockAgent(tx, memberId);
  if (stateNow(agent, false, now) === 'paused') throw refused(words.paused);
}

/** Marks a member as having claimed a call. */
export async function startWork(tx: Tx, memberId: string, callId: string, now: Date): Promise<void> {
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

/** Sets a member's state after a call. A member who was asked to pause in the meantime is paused now. */
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

/** Records that the member's page is still open. */
export async function recordPresence(tx: Tx, memberId: string, now: Date): Promise<void> {
  const agent = await lockAgent(tx, memberId);
  if (agent) await saveAgent(tx, { ...agent, seen_at: now }, agent);
}

/** Asks a member to pause. A member who is on a call finishes it first. */
export async function pauseAgent(tx: Tx, memberId: string, reason: string, now: Date): Promise<void> {
  const agent = await lockAgent(tx, memberId);
  const seen_at = agent?.seen_at ?? now;
  const call_id = agent?.call_id ?? null;
  await saveAgent(tx, { member_id: memberId, state: 'paused', reason, call_id, since: now, seen_at }, agent);
}

function refused(detail: string): Refused {
  return new Refused({ kind: 'own_conflict', code: 'agent_state', detail });
}
