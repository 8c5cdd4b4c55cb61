import type { Static } from 'typebox';
import { Refused } from '../http/refused.ts';
import { blankless } from '../http/text.ts';
import { invalid } from '../platform/problem.ts';
import { findNamed } from '../workspaces/find-named.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { dealPatch } from './deal-body.ts';
import type { StoredDeal } from './deal-store.ts';
import { isClosed, stateOf } from './deal-view.ts';

/** A changed value as shown to people. */
export interface DealChange {
  field: string;
  from: string | number | null;
  to: string | number | null;
}

/** Applies a request's changes to a deal; refuses unknown names. */
export function changedDeal(
  body: Static<typeof dealPatch.schema>,
  { referenceData, at, before }: { referenceData: ReferenceData; at: Date; before: StoredDeal },
): StoredDeal {
  const after: StoredDeal = { ...before, updated_at: at };
  for (const field of ['name', 'start_date', 'end_date', 'note'] as const)
    if (body[field] !== undefined) after[field] = blankless(body[field]) ?? null;
  if (body.amount !== undefined) after.amount = body.amount === null ? null : Math.round(body.amount * 100) / 100;
  if (body.owner !== undefined) after.owner_id = ownerOf(body.owner, referenceData);
  return body.stage === undefined ? after : movedDeal(after, stageOf(body.stage, referenceData), { referenceData, at });
}

/** The deal at another stage; a won or lost stage closes it, any other reopens it. */
export function movedDeal(
  deal: StoredDeal,
  stageId: string,
  { referenceData, at }: { referenceData: ReferenceData; at: Date },
): StoredDeal {
  const after: StoredDeal = { ...deal, stage_id: stageId, updated_at: at };
  if (stateOf(stageId, referenceData) !== stateOf(deal.stage_id, referenceData))
    after.closed_at = isClosed(stageId, referenceData) ? at : null;
  return after;
}

function stageOf(named: string | null, referenceData: ReferenceData): string {
  const text = blankless(named);
  if (text === undefined) throw new Refused(invalid({ at: 'stage', code: 'required' }));
  const stage = findNamed(referenceData, 'deal_stage', text);
  if (!stage) throw new Refused(invalid({ at: 'stage', code: 'unknown_reference' }));
  return stage.id;
}

function ownerOf(named: string | null, referenceData: ReferenceData): string | null {
  const text = blankless(named);
  const owner = text === undefined ? null : findNamed(referenceData, 'member', text);
  if (owner === undefined) throw new Refused(invalid({ at: 'owner', code: 'unknown_reference' }));
  return owner?.id ?? null;
}

const plain = ['name', 'amount', 'start_date', 'end_date', 'note'] as const;

/** The differences between two versions of a deal, with names instead of ids. */
export function changesBetween(before: StoredDeal, after: StoredDeal, referenceData: ReferenceData): DealChange[] {
  const changes: DealChange[] = plain
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, from: before[field], to: after[field] }));
  const named = (field: string, kind: 'deal_stage' | 'member', from: string | null, to: string | null) => {
    if (from === to) return;
    changes.push({
      field,
      from: referenceData.get(kind, from)?.name ?? null,
      to: referenceData.get(kind, to)?.name ?? null,
    });
  };
  named('stage', 'deal_stage', before.stage_id, after.stage_id);
  named('owner', 'member', before.owner_id, after.owner_id);
  return changes;
}

const words: Record<string, string> = {
  start_date: 'start',
  end_date: 'expected close',
};

/** The sentence for the timeline. */
export function describeChanges(
  before: StoredDeal,
  after: StoredDeal,
  changes: readonly DealChange[],
  referenceData: ReferenceData,
): string {
  const called = after.name ? `Deal “${after.name}”` : 'Deal';
  const [was, is] = [stateOf(before.stage_id, referenceData), stateOf(after.stage_id, referenceData)];
  if (was !== is) return is === 'open' ? `${called} reopened.` : `${called} ${is}.`;
  const stage = changes.find(({ field }) => field === 'stage');
  if (stage) return `${called} moved from ${stage.from} to ${stage.to}.`;
  return `${called} changed: ${changes.map(({ field }) => words[field] ?? field).join(', ')}.`;
}
