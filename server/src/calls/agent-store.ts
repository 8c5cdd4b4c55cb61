import { touches } from '../events/screens.ts';
import { leadNameInSql } from '../leads/lead-name.ts';
import type { Tx } from '../platform/database/transaction.ts';

export const agentStates = ['offline', 'ready', 'claimed', 'on_call', 'wrap_up', 'paused'] as const;
export type AgentState = (typeof agentStates)[number];

/** An agent's current state. */
export interface Agent {
  member_id: string;
  state: AgentState;
  reason: string | null;
  call_id: string | null;
  since: Date;
  seen_at: Date;
}

/** An agent together with the call they have claimed, as long as the claim is theirs. */
export interface AgentAtWork extends Agent {
  lead_id: string | null;
  lead_name: string | null;
}

const joined = `FROM agents a
  LEFT JOIN calls c ON c.workspace_id = a.workspace_id AND c.id = a.call_id AND c.state = 'claimed'
    AND c.member_id = a.member_id
  LEFT JOIN leads l ON l.workspace_id = c.workspace_id AND l.id = c.lead_id`;

/** The stored state of one agent, or of all. */
export async function listAgents(tx: Tx, memberId?: string): Promise<AgentAtWork[]> {
  return tx.query<AgentAtWork>(
    `SELECT a.member_id, a.state, a.reason, c.id AS call_id, a.since, a.seen_at, c.lead_id,
       CASE WHEN l.id IS NOT NULL THEN ${leadNameInSql} END AS lead_name
     ${joined} WHERE a.workspace_id = $1 AND ($2::uuid IS NULL OR a.member_id = $2)`,
    [tx.workspaceId, memberId ?? null],
  );
}

/** Reads one agent and locks the row. */
export async function lockAgent(tx: Tx, memberId: string): Promise<Agent | undefined> {
  const [agent] = await tx.query<Agent>(
    `SELECT member_id, state, reason, call_id, since, seen_at FROM agents WHERE workspace_id = $1 AND member_id = $2
     FOR UPDATE`,
    [tx.workspaceId, memberId],
  );
  return agent;
}

/** Stores an agent's state, and notifies open screens if it differs from `before`. */
export async function saveAgent(tx: Tx, agent: Agent, before: Agent | undefined): Promise<void> {
  const { state, reason, call_id } = agent;
  if (before?.state !== state || before.reason !== reason || before.call_id !== call_id) touches(tx, 'calls');
  await tx.query(
    `INSERT INTO agents (workspace_id, member_id, state, reason, call_id, since, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (workspace_id, member_id) DO UPDATE SET state = excluded.state, reason = excluded.reason,
       call_id = excluded.call_id, since = excluded.since, seen_at = excluded.seen_at`,
    [tx.workspaceId, agent.member_id, agent.state, agent.reason, agent.call_id, agent.since, agent.seen_at],
  );
}
