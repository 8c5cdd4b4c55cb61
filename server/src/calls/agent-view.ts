import Type, { type Static } from 'typebox';
import { instant, instantOrNull, numberOrNull, oneOf, textOrNull, viewShape } from '../http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import type { Member } from '../workspaces/reference-data.ts';
import { stateNow } from './agent-state.ts';
import { type AgentAtWork, agentStates } from './agent-store.ts';
import type { claimedCall } from './call-shapes.ts';
import type { DayFigures } from './figures-store.ts';

const state = oneOf(agentStates, 'Current state. An agent who has not been seen for a minute is offline.');
const reason = textOrNull('Reason for the pause.');

/** An agent as supervisors see them. */
export const agentView = viewShape('AgentView', 'An agent and their current state.', {
  member_id: Type.String(),
  name: Type.String(),
  state,
  reason,
  since: instantOrNull('When this state began; null if the agent has never been online.'),
  lead_id: textOrNull('The lead the agent is calling.'),
  lead_name: textOrNull('Name of that lead.'),
  calls_today: Type.Integer(),
  talk_seconds_today: Type.Integer(),
  contacts_per_hour: numberOrNull(
    "People reached today per hour since the agent's first call; null if there has been no call yet.",
  ),
});

/** A member's own state. */
export const ownState = viewShape('OwnAgentState', 'Your current state.', {
  state,
  reason,
  since: instant('When this state began.'),
  current: Type.Unsafe<Static<typeof claimedCall.schema> | null>({
    anyOf: [{ $ref: 'ClaimedCall#' }, { type: 'null' }],
    description: 'The call the agent is on.',
  }),
});

export function viewAgent(
  member: Member,
  agent: AgentAtWork | undefined,
  day: DayFigures | undefined,
  now: Date,
): Static<typeof agentView.schema> {
  const current = stateNow(agent, Boolean(agent?.call_id), now);
  const hours = day?.first_at ? Math.max(1, (now.getTime() - day.first_at.getTime()) / 3_600_000) : undefined;
  return {
    member_id: member.id,
    name: member.name,
    state: current,
    reason: current === 'paused' ? (agent?.reason ?? null) : null,
    since: agent
      ? (current === 'offline' && agent.state !== 'offline' ? agent.seen_at : agent.since).toISOString()
      : null,
    lead_id: agent?.lead_id ? typeId('lead', agent.lead_id) : null,
    lead_name: agent?.lead_name ?? null,
    calls_today: day?.calls ?? 0,
    talk_seconds_today: day?.talk_seconds ?? 0,
    contacts_per_hour: hours && day ? Math.round((day.reached / hours) * 10) / 10 : null,
  };
}
