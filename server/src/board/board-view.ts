import Type, { type Static } from 'typebox';
import { isClosed } from '../deals/deal-view.ts';
import { dateOrNull, instant, instantOrNull, numberOrNull, oneOf, textOrNull, viewShape } from '../http/shapes.ts';
import { nameOf } from '../leads/lead-name.ts';
import { viewTags } from '../leads/lead-view.ts';
import { typeId } from '../platform/ids.ts';
import { dayIn } from '../platform/time/calendar.ts';
import { isOpenState, type ReferenceData } from '../workspaces/reference-data.ts';
import type { BoardKind } from './board-query.ts';
import type { CardRow } from './board-store.ts';

export const boardCard = viewShape('BoardCard', 'A lead or a deal on a board.', {
  id: Type.String({ description: 'Id of the lead or the deal.' }),
  lead_id: Type.String(),
  name: Type.String({ description: 'Title of the card: the name of the deal or the lead.' }),
  company: textOrNull('Company; for a deal, the name of its lead.'),
  amount: numberOrNull("Amount in the workspace's currency."),
  end_date: dateOrNull('When it is expected to close.'),
  created_at: instant('When the lead or the deal was created.'),
  next_step_at: instantOrNull('When the next step is due.'),
  next_step_kind: textOrNull('call, callback or task; null if nothing is planned.'),
  next_step: textOrNull('Description of the next step.'),
  late: Type.Boolean({
    description: 'Whether an open lead or deal has an overdue next step or has passed its expected closing date.',
  }),
  urgency: oneOf(['overdue', 'today', 'none', 'planned'], 'How soon someone must act; none if nothing is planned.'),
  idle: Type.Boolean({
    description: 'Whether nothing is planned and nothing has happened for longer than the status allows.',
  }),
  owner: textOrNull('Name of the owner.'),
  owner_id: textOrNull('Id of the owner.'),
  tags: Type.Array(Type.String(), { description: 'Names of the tags of the lead.' }),
  tag_ids: Type.Array(Type.String(), { description: 'Ids of the tags of the lead.' }),
  version: Type.Integer({ description: 'Version of the lead.' }),
});

const cards = {
  cards: Type.Array(boardCard.ref, { description: 'Cards in the requested order.' }),
  next_cursor: textOrNull('Cursor for more cards of the column; null if there are no more.'),
};

export const boardPage = viewShape('BoardPage', 'A page of cards in one column.', cards);

export const boardView = viewShape('BoardView', 'A board, with its columns in the order defined in the settings.', {
  by: oneOf(['status', 'deal_stage'], 'Whether the columns are statuses of leads or stages of deals.'),
  currency: textOrNull('ISO 4217 currency code.'),
  columns: Type.Array(
    Type.Object({
      id: Type.String({ description: 'Id of the status or stage.' }),
      name: Type.String(),
      colour: Type.String(),
      state: Type.String({ description: 'new, open, won, lost or cancelled.' }),
      count: Type.Integer(),
      count_exact: Type.Boolean({
        description: 'false if the column has more cards than `count`; `sum` is then too low.',
      }),
      sum: Type.Number({ description: 'Total amount of the cards.' }),
      closed_since: dateOrNull('Only deals closed on or after this day are shown and counted; null for all.'),
      ...cards,
    }),
  ),
});

const DAY_MS = 86_400_000;

export function viewCard(
  row: CardRow,
  kind: BoardKind,
  referenceData: ReferenceData,
  { now, dayEnd }: { now: Date; dayEnd: Date },
): Static<typeof boardCard.schema> {
  const lead = nameOf(row);
  const urgency = urgencyOf(row, now, dayEnd);
  return {
    id: typeId(kind === 'status' ? 'lead' : 'deal', row.id),
    lead_id: typeId('lead', row.lead_id),
    name: row.deal_name ?? lead,
    company: kind === 'deal_stage' && row.deal_name ? lead : lead === row.company_name ? null : row.company_name,
    amount: row.amount,
    end_date: row.end_date,
    created_at: row.created_at.toISOString(),
    next_step_at: row.next_step_at?.toISOString() ?? null,
    next_step_kind: row.next_step_kind,
    next_step: row.next_step,
    late: isOpen(row, kind, referenceData) && (urgency === 'overdue' || isPast(row.end_date, referenceData, now)),
    urgency,
    idle: isIdle(row, referenceData, now),
    owner: referenceData.get('member', row.owner_id)?.name ?? null,
    owner_id: row.owner_id,
    ...viewTags(row, referenceData),
    version: row.version,
  };
}

function isOpen({ stage_id, status_id }: CardRow, kind: BoardKind, referenceData: ReferenceData): boolean {
  if (kind === 'deal_stage') return !isClosed(stage_id, referenceData);
  return isOpenState(referenceData.get('status', status_id)?.state);
}

function isPast(day: string | null, referenceData: ReferenceData, now: Date): boolean {
  return day !== null && day < dayIn(now, referenceData.workspace.time_zone);
}

function isIdle({ status_id, next_step_kind, active_at }: CardRow, referenceData: ReferenceData, now: Date): boolean {
  const status = referenceData.get('status', status_id);
  if (!status?.idle_days || next_step_kind !== null || (status.state !== 'new' && status.state !== 'open'))
    return false;
  return now.getTime() - active_at.getTime() > status.idle_days * DAY_MS;
}

function urgencyOf({ next_step_at, next_step_kind }: CardRow, now: Date, dayEnd: Date) {
  if (next_step_kind === null) return 'none';
  if (next_step_at === null || next_step_at >= dayEnd) return 'planned';
  return next_step_at < now ? 'overdue' : 'today';
}
