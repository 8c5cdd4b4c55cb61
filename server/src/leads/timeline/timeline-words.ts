import type { ReferenceData } from '../../workspaces/reference-data.ts';
import type { ShownChange } from './shown-changes.ts';

/** An activity, as far as its headline depends on it. */
interface Told {
  kind: string;
  reason: string | null;
  detail: Record<string, unknown>;
  changes: readonly ShownChange[];
}

type Headline = (told: Told, referenceData: ReferenceData) => string;

const named =
  (what: string): Headline =>
  ({ detail }) =>
    detail['name'] ? `${what}: ${String(detail['name'])}` : what;

/** Headlines of the kinds of activity. One without any is told by its own name. */
const headlines: Readonly<Record<string, Headline>> = {
  lead_created: ({ detail }, referenceData) => {
    const owner = referenceData.get('member', detail['owner_id'] as string | undefined)?.name;
    return owner ? `Lead created, assigned to ${owner}` : 'Lead created';
  },
  lead_merged: ({ changes }) => (changes.length > 0 ? `Came again: ${counted(changes)}` : 'Came again'),
  lead_attached: () => 'Came again',
  lead_updated: ({ changes }) => headlineOfChanges(changes),
  status_changed: ({ changes }) => {
    const status = changes.find(({ field }) => field === 'status_id');
    const rest = changes.filter(({ field }) => field !== 'status_id' && field !== 'lost_reason_id');
    const moved = `Status changed ${status?.from ?? 'from nothing'} → ${status?.to ?? 'nothing'}`;
    return rest.length > 0 ? `${moved}, and ${counted(rest)}` : moved;
  },
  task_added: named('Task added'),
  deal_added: named('Deal added'),
  note_deleted: () => 'Note deleted',
  call_planned: () => 'Call planned',
  call_cancelled: () => 'Call cancelled',
  call_logged: ({ detail }) => `Called: ${String(detail['outcome'] ?? '')}`,
  call_ended: ({ detail }) => `Called: ${String(detail['outcome'] ?? '')}`,
};

/** What a line says in bold. */
export function headlineOf(told: Told, referenceData: ReferenceData): string {
  const known = headlines[told.kind];
  if (known) return known(told, referenceData);
  const words = told.kind.replaceAll('_', ' ');
  return told.reason ?? words.charAt(0).toUpperCase() + words.slice(1);
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
