import type { Lead, LeadField, LifecycleState, ReferenceData, Status } from '../dialect.ts';
import { parseDate } from '../field-rules.ts';
import { shownAssignment } from './assignment.ts';
import { shownPeriod, startOf } from './completion.ts';
import { showContact } from './contact/contact-view.ts';
import { toHexId } from './identifiers.ts';
import { nestedId, showItem } from './nested-values.ts';
import { leadSets } from './sets/lead-sets.ts';
import { showSet } from './sets/set-view.ts';
import { shownSource } from './source.ts';
import { shownPackage } from './subscription-package.ts';
import { extraOf, type ViewContext, viewContextOf } from './view-context.ts';
import { objectNames, rememberedRows, udfs } from './wire.ts';

/** CRM.COM's names for the lifecycle states; one of them contains a space. */
export const lifeCycleStates: Readonly<Record<LifecycleState, string>> = {
  new: 'PENDING',
  open: 'IN PROGRESS',
  won: 'WON',
  lost: 'LOST',
  cancelled: 'CANCELLED',
};

const same =
  (field: LeadField) =>
  ({ lead }: ViewContext) =>
    lead[field];
/** Shows the number as sent, as long as the lead's value, stored with two decimals, is still the same. */
const numberOf =
  (field: 'probability' | 'target_amount', name: string) =>
  ({ lead, memory }: ViewContext) => {
    const sent = memory.get(name);
    const own = lead[field];
    return typeof sent === 'number' && own !== null && Math.abs(sent - own) <= 0.005 ? sent : own;
  };
const remembered =
  (name: string) =>
  ({ memory }: ViewContext) =>
    memory.get(name) ?? null;
const udfNames = [...udfs.text, ...udfs.number, ...udfs.date];

/** The fields of a lead, in order. Every key is always present. */
const fieldViews: readonly (readonly [name: string, show: (viewed: ViewContext) => unknown])[] = [
  ['id', ({ lead }) => toHexId(lead.id)],
  ['number', ({ lead }) => String(lead.number)],
  ['contact_email', same('email')],
  ['contact_phone', ({ lead }) => lead.phone_sent ?? lead.phone],
  ['description', same('description')],
  ['probability_to_win', numberOf('probability', 'probability_to_win')],
  ['importance', same('importance')],
  ['priority', ({ lead }) => (lead.priority === null ? null : String(lead.priority))],
  ['target_amount', numberOf('target_amount', 'target_amount')],
  ['type', ({ lead, referenceData }) => showItem(referenceData.get('type', lead.type_id))],
  ['status', ({ lead, referenceData }) => showStatus(referenceData.get('status', lead.status_id))],
  ['lost_reason', ({ lead, referenceData }) => showItem(referenceData.get('lost_reason', lead.lost_reason_id))],
  ['category', ({ lead, referenceData }) => showItem(referenceData.get('category', lead.category_id))],
  ...rememberedRows.map(
    ({ name, kind }) =>
      [
        name,
        ({ memory, referenceData }: ViewContext) => showItem(referenceData.get(kind, nestedId(memory, name))),
      ] as const,
  ),
  ['lead_owner', ({ lead, referenceData }) => showItem(referenceData.get('member', lead.owner_id))],
  ...udfNames.map((name) => [name, remembered(name)] as const),
  ['start_date', (viewed) => asSent(viewed.memory.get('start_date'), startOf(viewed))],
  [
    'expected_completion_date',
    ({ lead, memory }) => asSent(memory.get('expected_completion_date'), lead.expected_completion_date),
  ],
  ['actual_completion_date', () => null],
  ['estimated_completion_time', shownPeriod],
  ['accounts_receivable', remembered('accounts_receivable')],
  ['contact_information', showContact],
  ['source', shownSource],
  ['assigned_to', shownAssignment],
  ...leadSets.map((set) => [set.name, (viewed: ViewContext) => showSet(set, viewed)] as const),
  ['subscription_package', shownPackage],
  ['created_date', ({ lead }) => lead.created_at.toISOString()],
  ['updated_date', ({ lead }) => lead.updated_at.toISOString()],
];

/** A lead as CRM.COM shows it; unknown fields that were sent come last. */
export function showLead(lead: Lead, referenceData: ReferenceData): ReadonlyMap<string, unknown> {
  const viewed = viewContextOf(lead, referenceData);
  const shown = new Map(fieldViews.map(([name, show]) => [name, show(viewed)]));
  for (const [name, value] of viewed.memory) {
    const extra = extraOf(name);
    if (extra !== undefined && !shown.has(extra)) shown.set(extra, value);
  }
  return shown;
}

export function showStatus(status: Status | undefined): Record<string, unknown> | null {
  return status ? { life_cycle_state: lifeCycleStates[status.state], ...showItem(status) } : null;
}

/** A date sent with a time of day is shown with it, as long as it is still the lead's date. */
function asSent(sent: unknown, day: string | null): string | null {
  return typeof sent === 'string' && parseDate(sent) === day ? sent : day;
}

/** Spellings of fields accepted in `fields_set`, each with the name under which the field is shown. */
const requestableNames = new Map<string, string>([
  ...leadSets.flatMap(({ name, names }) => names.map((requested): [string, string] => [requested, name])),
  ...(['contact', 'source', 'assigned_to', 'package'] as const).flatMap((part) =>
    objectNames[part].map((asked): [string, string] => [asked, objectNames[part][0]]),
  ),
]);

export function shownName(asked: string): string {
  return requestableNames.get(asked) ?? asked;
}

const rowNames = new Set(fieldViews.map(([name]) => name));

export function isShownName(asked: string): boolean {
  return rowNames.has(shownName(asked));
}
