import Type, { type Static } from 'typebox';
import { dateOrNull, instant, instantOrNull, numberOrNull, oneOf, textOrNull, viewShape } from '../http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { ShownDeal } from './deal-store.ts';

/** What a stage means for its deals. */
export const dealStates = ['open', 'won', 'lost'] as const;
export type DealState = (typeof dealStates)[number];

/** The state of a stage; open unless the stage says otherwise. */
export function stateOf(stageId: string | null, referenceData: ReferenceData): DealState {
  return referenceData.get('deal_stage', stageId)?.state ?? 'open';
}

/** The stages whose deals are in the given state. */
export function stagesIn(state: DealState, referenceData: ReferenceData): string[] {
  return referenceData.all('deal_stage').flatMap(({ id }) => (stateOf(id, referenceData) === state ? id : []));
}

/** Whether a deal at this stage is closed. */
export function isClosed(stageId: string | null, referenceData: ReferenceData): boolean {
  return stateOf(stageId, referenceData) !== 'open';
}

/** The probability (0-100) of winning a deal at this stage; null when not set. */
export function probabilityOf(stageId: string, referenceData: ReferenceData): number | null {
  const stage = referenceData.get('deal_stage', stageId);
  if (stage?.state === 'won') return 100;
  return stage?.state === 'lost' ? 0 : (stage?.probability ?? null);
}

/** A deal in `/v1`. */
export const dealView = viewShape('DealView', 'A possible sale to a lead.', {
  id: Type.String({ description: 'deal_ and 26 characters.' }),
  lead_id: Type.String(),
  lead_name: Type.String({ description: 'Name of that lead.' }),
  name: textOrNull('What is being sold.'),
  stage: Type.String({ description: 'Name of the stage.' }),
  stage_id: Type.String(),
  state: oneOf(dealStates, 'Whether the deal is open, won or lost.'),
  probability: numberOrNull('Chance of winning the deal, given by its stage, 0-100.'),
  amount: numberOrNull("Amount in the workspace's currency."),
  start_date: dateOrNull('Start date.'),
  end_date: dateOrNull('Expected closing date.'),
  note: textOrNull('A note.'),
  owner: textOrNull('Name of the owning member.'),
  owner_id: textOrNull('Id of the owning member.'),
  closed_at: instantOrNull('When it was won or lost; null while it is open.'),
  actor: Type.String({ description: 'Who created it: token:<id>, member:<id> or system.' }),
  created_at: instant('When it was created.'),
  updated_at: instant('When it was last edited.'),
});

export function viewDeal(deal: ShownDeal, referenceData: ReferenceData): Static<typeof dealView.schema> {
  return {
    id: typeId('deal', deal.id),
    lead_id: typeId('lead', deal.lead_id),
    lead_name: deal.lead_name,
    name: deal.name,
    stage: referenceData.get('deal_stage', deal.stage_id)?.name ?? '',
    stage_id: deal.stage_id,
    state: stateOf(deal.stage_id, referenceData),
    probability: probabilityOf(deal.stage_id, referenceData),
    amount: deal.amount,
    start_date: deal.start_date,
    end_date: deal.end_date,
    note: deal.note,
    owner: referenceData.get('member', deal.owner_id)?.name ?? null,
    owner_id: deal.owner_id,
    closed_at: deal.closed_at?.toISOString() ?? null,
    actor: deal.actor,
    created_at: deal.created_at.toISOString(),
    updated_at: deal.updated_at.toISOString(),
  };
}

/** The part of a deal that is included in events: its id, stage and owner. */
export function aboutDeal(
  { id, stage_id, owner_id }: Pick<ShownDeal, 'id' | 'stage_id' | 'owner_id'>,
  referenceData: ReferenceData,
) {
  const name = referenceData.get('deal_stage', stage_id)?.name ?? '';
  return {
    deal_id: typeId('deal', id),
    stage: { id: stage_id, name, state: stateOf(stage_id, referenceData) },
    owner_id,
  };
}
