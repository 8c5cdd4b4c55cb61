import Type, { type Static } from 'typebox';
import { dateOrNull, instant, numberOrNull, shape, textOrNull } from '../platform/http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import type { Book } from '../workspaces/book.ts';
import type { StoredDeal } from './deal-store.ts';

/** A deal as `/v1` shows it. */
export const dealView = shape(
  'DealView',
  Type.Object(
    {
      id: Type.String({ description: 'deal_ and 26 characters.' }),
      lead_id: Type.String(),
      name: textOrNull('What is to be sold.'),
      stage: Type.String({ description: 'Name of the stage.' }),
      stage_id: Type.String(),
      amount: numberOrNull("In the workspace's currency."),
      start_date: dateOrNull('When it began.'),
      end_date: dateOrNull('When it is to end.'),
      note: textOrNull('A remark.'),
      owner: textOrNull('Name of the owning member.'),
      owner_id: textOrNull('Id of that member.'),
      actor: Type.String({ description: 'Who made it: token:<id>, member:<id> or system.' }),
      created_at: instant('When it was made.'),
      updated_at: instant('When it last changed.'),
    },
    { description: 'A chance to sell something to a lead.' },
  ),
);

export function viewDeal(deal: StoredDeal, book: Book): Static<typeof dealView.schema> {
  return {
    id: typeId('deal', deal.id),
    lead_id: typeId('lead', deal.lead_id),
    name: deal.name,
    stage: book.get('deal_stage', deal.stage_id)?.name ?? '',
    stage_id: deal.stage_id,
    amount: deal.amount,
    start_date: deal.start_date,
    end_date: deal.end_date,
    note: deal.note,
    owner: book.get('member', deal.owner_id)?.name ?? null,
    owner_id: deal.owner_id,
    actor: deal.actor,
    created_at: deal.created_at.toISOString(),
    updated_at: deal.updated_at.toISOString(),
  };
}
