import type { Lead } from '../leads/lead.ts';
import type { ReferenceItem, ReferenceKind } from '../workspaces/reference-data.ts';

/** All results of intake. Dialects format them and add nothing of their own. */
export type Result =
  | {
      kind: 'lead';
      /** `attached`: a known person, stored as another touch without changes. `repeated`: the same request again. */
      did: 'created' | 'merged' | 'attached' | 'repeated' | 'rehearsed' | 'shown' | 'updated';
      lead: Lead;
      /** Only if the command planned a call. */
      call?: 'scheduled' | 'already_scheduled' | 'existing_contact';
    }
  | { kind: 'leads'; leads: readonly Lead[]; total: number; offset: number; limit: number }
  | { kind: 'deleted'; lead: Lead }
  | { kind: 'added'; what: 'note' | 'task' | 'deal'; id: string; lead_id: string | null; lead_name: string | null }
  | { kind: 'status_changed'; lead: Lead }
  | { kind: 'department_assigned'; lead_id: string | null }
  | { kind: 'call_cancelled'; lead_id: string }
  | { kind: 'signed_in'; token: string; expires_at: Date }
  | { kind: 'signed_out' }
  | { kind: 'references'; of: ReferenceKind; items: readonly ReferenceItem[] };

/** Outcomes of submissions; each submission has exactly one. */
export const outcomes = ['accepted', 'merged', 'duplicate', 'refused', 'test', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

/** Outcomes that may be replayed; an accepted request is never accepted twice. */
export const replayableOutcomes = ['refused', 'failed', 'test'] as const satisfies readonly Outcome[];

export function isReplayable(outcome: Outcome): boolean {
  return replayableOutcomes.some((one) => one === outcome);
}
