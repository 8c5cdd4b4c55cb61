import type { Issue } from '../platform/problem.ts';
import type { ReferenceData, Status } from '../workspaces/reference-data.ts';
import type { FieldChange } from './activity-kinds.ts';
import type { Lead } from './lead.ts';
import { lackingAfter } from './lead-rules.ts';

/** A new status for a lead, with the lost reason if it counts as lost. */
export interface Move {
  status_id: string;
  /** undefined leaves the reason unchanged; null clears it. */
  lost_reason_id?: string | null | undefined;
}

/**
 * Sets the status of a lead (in place) and returns the changes. Only lost leads have a lost reason, so it is cleared
 * when the lead is no longer lost, and ignored if the new status does not count as lost.
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
 * Fields a person must supply before this change: the lost reason and whatever the type's rules require. Other systems
 * are exempt, because their APIs support neither.
 */
export function lackingForChange(before: Lead, after: Lead, referenceData: ReferenceData): Issue[] {
  const issues = lackingAfter(before, after, referenceData);
  if (before.status_id === after.status_id || !lacksReason(after, referenceData)) return issues;
  return [{ at: 'lost_reason', code: 'required' }, ...issues];
}

/** Whether the status counts as lost but no reason is given. */
export function lacksReason({ status_id, lost_reason_id }: Move, referenceData: ReferenceData): boolean {
  return isLost(status_id, referenceData) && !lost_reason_id;
}

function isLost(statusId: string, referenceData: ReferenceData): boolean {
  return referenceData.get('status', statusId)?.state === 'lost';
}

/** Default status of a new lead: that of its type, otherwise that of the workspace. */
export function firstStatus(referenceData: ReferenceData, typeId: string | null | undefined): Status {
  const all = referenceData.all('status');
  const status =
    referenceData.get('status', referenceData.get('type', typeId)?.default_status_id) ??
    all.find((one) => one.is_default) ??
    all[0];
  if (!status) throw new Error('The workspace has no status.');
  return status;
}
