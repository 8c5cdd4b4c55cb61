import Type, { type Static, type TSchema } from 'typebox';
import { dealView } from '../deals/deal-view.ts';
import { instant, textOrNull, viewShape } from '../http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import { certaintyOf } from '../platform/phone/show-phone.ts';
import { taskView } from '../tasks/task-view.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Callback, WaitingLead } from './my-day-store.ts';

/** Most entries shown in a list, and the highest count. */
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

const waitingLead = viewShape('MyLead', 'A lead of mine that needs attention.', {
  id: Type.String(),
  name: Type.String({ description: 'Name.' }),
  company: textOrNull('Company of the lead.'),
  phone: textOrNull('Phone number of the lead, if it has one that can be called.'),
  status: Type.String({ description: "Name of the lead's status." }),
  status_id: Type.String(),
  created_at: instant('When it was received.'),
});

const callbackView = viewShape('MyCallback', 'A callback that one of my leads asked for.', {
  id: Type.String({ description: 'call_ and 26 characters.' }),
  lead_id: Type.String(),
  lead_name: Type.String({ description: 'Name of the lead.' }),
  phone: Type.String(),
  due_at: instant('The time at which the lead asked to be called.'),
});

export const myDayView = viewShape('MyDay', "The signed-in member's work for today.", {
  date: Type.String({ format: 'date', description: "Today's date in the workspace's time zone." }),
  week_ends: Type.String({ format: 'date', description: 'The Sunday of this week.' }),
  currency: Type.String({ description: 'ISO 4217 currency code.' }),
  overdue: some(taskView.ref, 'My overdue tasks.'),
  today: some(taskView.ref, 'My tasks due later today.'),
  callbacks: some(callbackView.ref, 'Callbacks my leads asked for, due before the end of the day.'),
  waiting: some(waitingLead.ref, 'My leads without a first reply, newest first, among my 2000 newest.'),
  unplanned: some(waitingLead.ref, 'My leads without a next step, newest first, among my 2000 newest.'),
  closing: some(dealView.ref, 'My open deals that should close this week or should have closed earlier.'),
  achieved: Type.Object(
    {
      calls: Type.Integer({ description: 'Calls I made.' }),
      reached: Type.Integer({ description: 'Calls in which someone was reached.' }),
      talk_seconds: Type.Integer(),
      wins: Type.Integer({ description: 'My deals that were won.' }),
      won_sum: Type.Number({ description: 'Total amount of those deals.' }),
    },
    { description: 'Results since the start of the day.' },
  ),
});

/** The views of the first rows, and the number of rows up to the maximum. */
export function firstOf<Row, View>(rows: readonly Row[], view: (row: Row) => View): { count: number; data: View[] } {
  return { count: Math.min(rows.length, MOST_COUNTED), data: rows.slice(0, MOST_SHOWN).map(view) };
}

export function viewWaiting(lead: WaitingLead, referenceData: ReferenceData): Static<typeof waitingLead.schema> {
  return {
    id: typeId('lead', lead.id),
    name: lead.name,
    company: lead.company_name,
    phone: lead.phone && certaintyOf(lead.phone) === 'none' ? null : lead.phone,
    status: referenceData.get('status', lead.status_id)?.name ?? '',
    status_id: lead.status_id,
    created_at: lead.created_at.toISOString(),
  };
}

export function viewCallback(call: Callback): Static<typeof callbackView.schema> {
  return {
    id: typeId('call', call.id),
    lead_id: typeId('lead', call.lead_id),
    lead_name: call.lead_name,
    phone: call.phone,
    due_at: call.due_at.toISOString(),
  };
}
