import type { EventData } from '../events/catalogue.ts';
import type { NewEvent } from '../events/event-store.ts';
import type { ReferenceData, ReferenceKind } from '../workspaces/reference-data.ts';
import type { FieldChange } from './activity-kinds.ts';
import { type Lead, leadReferences } from './lead.ts';

type Named = NonNullable<EventData<'lead.created'>['source']>;
type NamedStatus = EventData<'lead.created'>['status'];

/** Time of the change, and the request that caused it. */
interface Cause {
  at: Date;
  submissionId: string | null;
}

/** Reference data item as shown in events; null if there is none or it has been deleted. */
export function namedIn(referenceData: ReferenceData, kind: ReferenceKind, id: string | null): Named | null {
  const item = referenceData.get(kind, id);
  return item ? { id: item.id, name: item.name } : null;
}

function statusIn(referenceData: ReferenceData, id: string): NamedStatus {
  const status = referenceData.get('status', id);
  return { id, name: status?.name ?? '', state: status?.state ?? 'new' };
}

export function leadCreated(lead: Lead, referenceData: ReferenceData, { at, submissionId }: Cause): NewEvent {
  return {
    type: 'lead.created',
    lead_id: lead.id,
    lead_version: lead.version,
    payload: {
      submission_id: submissionId,
      status: statusIn(referenceData, lead.status_id),
      source: namedIn(referenceData, 'source', lead.source_id),
      type: namedIn(referenceData, 'type', lead.type_id),
      department: namedIn(referenceData, 'department', lead.department_id),
      owner_id: lead.owner_id,
    },
    at,
  };
}

/** The event of a lead that was just deleted. */
export function leadDeleted({ id, version }: Pick<Lead, 'id' | 'version'>, at: Date): NewEvent {
  return { type: 'lead.deleted', lead_id: id, lead_version: version + 1, payload: {}, at };
}

/** Events for a change: `lead.updated`, plus separate ones for a new status or owner. */
export function leadChanged(
  lead: Lead,
  changes: readonly FieldChange[],
  referenceData: ReferenceData,
  { at, submissionId }: Cause,
): NewEvent[] {
  const about = { lead_id: lead.id, lead_version: lead.version, at };
  const events: NewEvent[] = [
    { ...about, type: 'lead.updated', payload: { changed: changedNames(changes), submission_id: submissionId } },
  ];
  const status = changes.find(({ field }) => field === 'status_id');
  if (status) {
    const from = typeof status.from === 'string' ? statusIn(referenceData, status.from) : null;
    const to = statusIn(referenceData, typeof status.to === 'string' ? status.to : lead.status_id);
    const lost_reason = namedIn(referenceData, 'lost_reason', lead.lost_reason_id);
    events.push({ ...about, type: 'lead.status_changed', payload: { from, to, lost_reason } });
  }
  const owner = changes.find(({ field }) => field === 'owner_id');
  if (owner) {
    const from = typeof owner.from === 'string' ? owner.from : null;
    const to = typeof owner.to === 'string' ? owner.to : null;
    events.push({ ...about, type: 'lead.assigned', payload: { from, to } });
  }
  return events;
}

const references: ReadonlySet<string> = new Set(leadReferences);

/** Names of the changed fields as used by `/v1`. */
export function changedNames(changes: readonly FieldChange[]): string[] {
  return changes.map(({ field }) => {
    if (field === 'tag_ids') return 'tags';
    return references.has(field) ? field.slice(0, -'_id'.length) : field;
  });
}
