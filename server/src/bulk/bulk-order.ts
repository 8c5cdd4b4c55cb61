import { idOf } from '../http/path-ids.ts';
import type { LeadBody } from '../leads/lead-shapes.ts';
import { lacksReason } from '../leads/lead-status.ts';
import type { FilterQuery } from '../leads/list/lead-filters.ts';
import { type NameContext, readPatch } from '../native/lead-body.ts';
import { type Issue, invalid, isProblem, type Problem } from '../platform/problem.ts';
import { findNamed } from '../workspaces/find-named.ts';
import type { LeadBulk } from './bulk-shapes.ts';

/** The action that a job applies to each of its leads. */
export type BulkAction =
  | {
      kind: 'change';
      change: Pick<
        LeadBody,
        'status' | 'lost_reason' | 'owner' | 'department' | 'source' | 'type' | 'category' | 'add_tags' | 'remove_tags'
      >;
    }
  | { kind: 'plan_call'; due_at: string | null; type_id: string | null }
  | { kind: 'delete' };

/** Parameters of a bulk job as stored: the selected leads and the action. */
export interface BulkOrder {
  ids?: readonly string[];
  filter?: FilterQuery;
  action: BulkAction;
}

/** Parses and validates the request body before any lead is touched. */
export function readOrder(body: LeadBulk, reader: NameContext): BulkOrder | Problem {
  const { ids, filter } = body;
  if ((ids === undefined) === (filter === undefined)) return invalid({ at: 'ids', code: 'one_key' });
  const action = readAction(body, reader);
  if (isProblem(action)) return action;
  if (filter) return { filter: filter as FilterQuery, action };
  const known = (ids ?? []).map((id) => idOf('lead', id));
  const strange = known.indexOf(undefined);
  if (strange !== -1) return invalid({ at: `ids.${strange}`, code: 'unknown_reference' });
  return { ids: [...new Set(known as string[])], action };
}

function readAction(body: LeadBulk, reader: NameContext): BulkAction | Problem {
  const { change, plan_call: call } = body;
  const asked = [change, call, body.delete].filter((one) => one !== undefined);
  if (asked.length !== 1) return invalid({ at: 'change', code: 'one_key' });
  if (change) return readChange(change, reader);
  if (!call) return { kind: 'delete' };
  const type = call.type ? findNamed(reader.referenceData, 'type', call.type) : undefined;
  if (call.type && !type) return invalid({ at: 'plan_call.type', code: 'unknown_reference' });
  return { kind: 'plan_call', due_at: call.due_at ?? null, type_id: type?.id ?? null };
}

/**
 * Resolves names to ids at the start, so that renaming an item while the job runs does not change what the job does.
 */
function readChange(change: NonNullable<LeadBulk['change']>, reader: NameContext): BulkAction | Problem {
  if (Object.keys(change).length === 0) return invalid({ at: 'change', code: 'required' });
  const read = readPatch('', change, { ...reader, knownNamesOnly: true });
  if (isProblem(read)) return read.kind === 'invalid' ? invalid(...read.issues.map(within)) : read;
  const { status, source, references, tags } = read.draft;
  const statusId = status && 'id' in status ? status.id : undefined;
  const move = { status_id: statusId ?? '', lost_reason_id: references?.lost_reason_id };
  if (lacksReason(move, reader.referenceData)) return invalid({ at: 'change.lost_reason', code: 'required' });
  const ids = Object.entries(references ?? {}).map(([column, id]) => [column.replace(/_id$/, ''), id]);
  return {
    kind: 'change',
    change: {
      ...Object.fromEntries(ids),
      ...(statusId && { status: statusId }),
      ...(tags?.add?.length && { add_tags: tags.add }),
      ...(tags?.remove?.length && { remove_tags: tags.remove }),
      ...(source !== undefined && { source: source && 'id' in source ? source.id : null }),
    },
  };
}

function within(issue: Issue): Issue {
  return { ...issue, at: `change.${issue.at}` };
}
