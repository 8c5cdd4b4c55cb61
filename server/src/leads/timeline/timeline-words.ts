import type { ReferenceData } from '../../workspaces/reference-data.ts';
import type { ActivityKind } from '../activity-kinds.ts';
import type { ShownChange } from './shown-changes.ts';

/** The parts of an activity that its headline depends on. */
interface HeadlineFacts {
  kind: ActivityKind;
  reason: string | null;
  detail: Record<string, unknown>;
  changes: readonly ShownChange[];
}

type Headline = (facts: HeadlineFacts, referenceData: ReferenceData) => string;

const named =
  (what: string): Headline =>
  ({ detail }) =>
    detail['name'] ? `${what}: ${String(detail['name'])}` : what;

/** Uses the reason as headline, because it already describes what happened. */
const byReason =
  (otherwise: string): Headline =>
  ({ reason }) =>
    reason ?? otherwise;

const headlines: { readonly [K in ActivityKind]: Headline } = {
  lead_created: ({ detail }, referenceData) => {
    const owner = referenceData.get('member', detail['owner_id'] as string | undefined)?.name;
    return owner ? `Lead created, assigned to ${owner}` : 'Lead created';
  },
  lead_merged: ({ changes }) => (changes.length > 0 ? `Enquired again: ${counted(changes)}` : 'Enquired again'),
  lead_attached: () => 'Enquired again',
  lead_restored: () => 'Lead restored from the bin',
  lead_updated: ({ changes }) => headlineOfChanges(changes),
  status_changed: ({ changes }) => {
    const status = changes.find(({ field }) => field === 'status_id');
    const rest = changes.filter(({ field }) => field !== 'status_id' && field !== 'lost_reason_id');
    const moved = `Status changed ${status?.from ?? 'from nothing'} → ${status?.to ?? 'nothing'}`;
    return rest.length > 0 ? `${moved}, and ${counted(rest)}` : moved;
  },
  do_not_call: byReason('Do not call'),
  do_not_call_lifted: byReason('Calls allowed again'),
  twin_dismissed: byReason('Not a duplicate'),
  note_added: () => 'Note added',
  note_deleted: () => 'Note deleted',
  task_added: named('Task added'),
  task_done: byReason('Task done'),
  task_reopened: byReason('Task reopened'),
  task_deleted: byReason('Task deleted'),
  deal_added: named('Deal added'),
  deal_changed: byReason('Deal changed'),
  deal_deleted: byReason('Deal deleted'),
  call_planned: () => 'Call planned',
  call_claimed: byReason('Call claimed'),
  call_released: byReason('Call released'),
  call_skipped: byReason('Call skipped'),
  call_ended: ({ detail }) => `Called: ${String(detail['outcome'] ?? '')}`,
  call_undone: ({ detail }) => `Outcome undone: ${String(detail['outcome'] ?? '')}`,
  called_outside_hours: ({ detail }) => `Called outside calling hours, at ${String(detail['local_time'] ?? '')}`,
  call_cancelled: () => 'Call cancelled',
  call_logged: ({ detail }) => `Called: ${String(detail['outcome'] ?? '')}`,
  email_sent: ({ detail }) => `Email sent: ${String(detail['subject'] ?? '')}`,
};

/** Headline of a timeline entry. */
export function headlineOf(facts: HeadlineFacts, referenceData: ReferenceData): string {
  return headlines[facts.kind](facts, referenceData);
}

function headlineOfChanges(changes: readonly ShownChange[]): string {
  const [only] = changes;
  if (!only) return 'Lead changed';
  if (changes.length > 1) return `${counted(changes)[0]?.toUpperCase()}${counted(changes).slice(1)}`;
  if (only.to === null) return `${only.label} cleared`;
  if (only.from === null) return `${only.label} set to ${short(only.to)}`;
  return `${only.label} changed ${short(only.from)} → ${short(only.to)}`;
}

function counted(changes: readonly ShownChange[]): string {
  return changes.length === 1 ? `${changes[0]?.label} changed` : `${changes.length} fields changed`;
}

const LONGEST_SHOWN = 60;

function short(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
