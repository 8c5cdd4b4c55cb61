import Type, { type Static, type TSchema } from 'typebox';
import { dealView } from '../deals/deal-view.ts';
import { instant, shape, textOrNull } from '../http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import { taskView } from '../tasks/task-view.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Callback, WaitingLead } from './my-day-store.ts';

/** As much of each list as is shown, and as far as it is counted. */
const MOST_SHOWN = 20;
export const MOST_COUNTED = 100;

const some = <T extends TSchema>(item: T, description: string) =>
  Type.Object(
    {
      count: Type.Integer({ description: '100 means 100 or more.' }),
      data: Type.Array(item, { maxItems: MOST_SHOWN }),
    },
    { description },
  );

const waitingLead = shape(
  'MyLead',
  Type.Object(
    {
      id: Type.String(),
      name: Type.String({ description: 'What it is called.' }),
      company: textOrNull('Its company.'),
      phone: textOrNull('Its phone.'),
      status: Type.String({ description: 'Name of its status.' }),
      status_id: Type.String(),
      created_at: instant('When it came.'),
    },
    { description: 'A lead of mine that waits for something.' },
  ),
);

const callbackView = shape(
  'MyCallback',
  Type.Object(
    {
      id: Type.String({ description: 'call_ and 26 characters.' }),
      lead_id: Type.String(),
      lead_name: Type.String({ description: 'What the lead is called.' }),
      phone: Type.String(),
      due_at: instant('When they asked to be called.'),
    },
    { description: 'A call that one of my leads asked for.' },
  ),
);

/** A member's day as `/v1` shows it. */
export const myDayView = shape(
  'MyDay',
  Type.Object(
    {
      date: Type.String({ format: 'date', description: 'Today, by the clock of the workspace.' }),
      week_ends: Type.String({ format: 'date', description: 'The Sunday of this week.' }),
      currency: Type.String({ description: 'ISO 4217.' }),
      overdue: some(taskView.ref, 'My tasks that should have been done.'),
      today: some(taskView.ref, 'My tasks that are due later today.'),
      callbacks: some(callbackView.ref, 'Calls that my leads asked for, due before the day ends.'),
      waiting: some(waitingLead.ref, 'My leads that nobody has replied to, the newest first.'),
      unplanned: some(waitingLead.ref, 'My leads for which nothing is planned, the newest first.'),
      closing: some(dealView.ref, 'My open deals that are to close this week, or should have before.'),
      achieved: Type.Object(
        {
          calls: Type.Integer({ description: 'Calls I made.' }),
          reached: Type.Integer({ description: 'Those in which somebody was spoken to.' }),
          talk_seconds: Type.Integer(),
          wins: Type.Integer({ description: 'My deals that were won.' }),
          won_sum: Type.Number({ description: 'What they amount to.' }),
        },
        { description: 'Since the day began.' },
      ),
    },
    { description: 'What is to be done today.' },
  ),
);

/** The first of many, and how many there are. */
export function someOf<Row, View>(rows: readonly Row[], view: (row: Row) => View): { count: number; data: View[] } {
  return { count: Math.min(rows.length, MOST_COUNTED), data: rows.slice(0, MOST_SHOWN).map(view) };
}

/** A lead as a line of somebody's day. */
export function viewWaiting(lead: WaitingLead, referenceData: ReferenceData): Static<typeof waitingLead.schema> {
  return {
    id: typeId('lead', lead.id),
    name: lead.name,
    company: lead.company_name,
    phone: lead.phone,
    status: referenceData.get('status', lead.status_id)?.name ?? '',
    status_id: lead.status_id,
    created_at: lead.created_at.toISOString(),
  };
}

/** A callback as a line of somebody's day. */
export function viewCallback(call: Callback): Static<typeof callbackView.schema> {
  return {
    id: typeId('call', call.id),
    lead_id: typeId('lead', call.lead_id),
    lead_name: call.lead_name,
    phone: call.phone,
    due_at: call.due_at.toISOString(),
  };
}
