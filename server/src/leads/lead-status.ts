import type { Issue } from '../platform/problem.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { FieldChange } from './activity-kinds.ts';
import type { Lead } from './lead.ts';
import { lackingAfter } from './lead-rules.ts';

/** The status that a lead is to have and, where that is a lost one, why it is lost. */
export interface Move {
  status_id: string;
  /** undefined says nothing, null clears. */
  lost_reason_id?: string | null | undefined;
}

/**
 * Gives a lead (which it changes) a status, and answers what changed. Only a lost lead has a lost reason: a lead that is
 * lost no longer forgets it, and none is kept for a lead that is not lost.
 */
export function moveToStatus(lead: Lead, move: Move, referenceData: ReferenceData): FieldChange[] {
  const wasLost = isLost(lead.status_id, referenceData);
  const reason = move.lost_reason_id === undefined && wasLost ? lead.lost_reason_id : (move.lost_reason_id ?? null);
  const after = {
    status_id: move.status_id,
    lost_reason_id: isLost(move.status_id, referenceData) ? reason : null,
  };
  const changes = (['status_id', 'lost_reason_id'] as const)
    .filter((field) => lead[field] !== after[field])
    .map((field) => ({ field, from: lead[field], to: after[field] }));
  Object.assign(lead, after);
  return changes;
}

/**
 * What people must still say before a lead may be changed like this: why it is lost, and what the rules of its type ask
 * for. Other systems are not asked: their APIs know neither.
 */
export function lackingForChange(before: Lead, after: Lead, referenceData: ReferenceData): Issue[] {
  const issues = lackingAfter(before, after, referenceData);
  if (before.status_id === after.status_id || !lacksReason(after, referenceData)) return issues;
  return [{ at: 'lost_reason', code: 'required' }, ...issues];
}

/** Whether a status is a lost one and no reason for it is given. */
export function lacksReason({ status_id, lost_reason_id }: Move, referenceData: ReferenceData): boolean {
  return isLost(status_id, referenceData) && !lost_reason_id;
}

function isLost(statusId: string, referenceData: ReferenceData): boolean {
  return referenceData.get('status', statusId)?.state === 'lost';
}
