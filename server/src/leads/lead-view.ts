import { typeId } from '../platform/ids.ts';
import type { PhoneReading } from '../platform/phone/read-phone.ts';
import { certaintyOf, formatPhone } from '../platform/phone/show-phone.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { type LeadValues, leadFieldNames } from './fields.ts';
import type { Lead } from './lead.ts';
import { extensionOf } from './lead-keys.ts';

/** A lead as published. References are shown by name and by id. */
export interface LeadView extends Required<LeadValues> {
  id: string;
  number: number;
  status: string;
  status_id: string;
  lifecycle_state: string;
  type: string | null;
  type_id: string | null;
  category: string | null;
  category_id: string | null;
  lost_reason: string | null;
  lost_reason_id: string | null;
  source: string | null;
  source_id: string | null;
  department: string | null;
  department_id: string | null;
  /** The owner's name. */
  owner: string | null;
  /** The owning member's id. */
  owner_id: string | null;
  /** Names of its tags, in alphabetical order. */
  tags: string[];
  tag_ids: string[];
  custom: Record<string, unknown>;
  /** The phone formatted for display. */
  phone_display: string | null;
  phone_sent: string | null;
  phone_extension: string | null;
  phone_certainty: PhoneReading['certainty'] | null;
  phone_problem: string | null;
  first_reply_at: string | null;
  next_step_at: string | null;
  next_step_kind: string | null;
  next_step: string | null;
  do_not_call: boolean;
  enquired_again_at: string | null;
  touch_count: number;
  version: number;
  created_at: string;
  updated_at: string;
}

/** The problem shown for a phone that cannot be called. */
const NOT_A_PHONE = 'not a phone number';

function viewPhone(lead: Lead, region: string) {
  const extension = extensionOf(lead);
  const certainty = lead.phone ? certaintyOf(lead.phone) : null;
  return {
    phone_display: lead.phone && formatPhone(lead.phone, region, extension),
    phone_sent: lead.phone_sent,
    phone_extension: extension ?? null,
    phone_certainty: certainty,
    phone_problem: certainty === 'none' ? NOT_A_PHONE : null,
  };
}

/** The tags of a lead that still exist. */
export function viewTags({ tag_ids }: Pick<Lead, 'tag_ids'>, referenceData: ReferenceData) {
  // The workspace's tags are sorted by name.
  const tags = tag_ids ? referenceData.all('tag').filter(({ id }) => tag_ids.includes(id)) : [];
  return { tags: tags.map(({ name }) => name), tag_ids: tags.map(({ id }) => id) };
}

export function viewLead(lead: Lead, referenceData: ReferenceData): LeadView {
  const status = referenceData.get('status', lead.status_id);
  const view: Record<string, unknown> = { id: typeId('lead', lead.id), number: lead.number };
  for (const name of leadFieldNames) view[name] = lead[name];
  return Object.assign(view, {
    status: status?.name ?? '',
    status_id: lead.status_id,
    lifecycle_state: status?.state ?? 'new',
    type: referenceData.get('type', lead.type_id)?.name ?? null,
    type_id: lead.type_id,
    category: referenceData.get('category', lead.category_id)?.name ?? null,
    category_id: lead.category_id,
    lost_reason: referenceData.get('lost_reason', lead.lost_reason_id)?.name ?? null,
    lost_reason_id: lead.lost_reason_id,
    source: referenceData.get('source', lead.source_id)?.name ?? null,
    source_id: lead.source_id,
    department: referenceData.get('department', lead.department_id)?.name ?? null,
    department_id: lead.department_id,
    owner: referenceData.get('member', lead.owner_id)?.name ?? null,
    owner_id: lead.owner_id,
    ...viewTags(lead, referenceData),
    custom: lead.custom,
    ...viewPhone(lead, referenceData.workspace.region),
    first_reply_at: lead.first_reply_at?.toISOString() ?? null,
    next_step_at: lead.next_step_at?.toISOString() ?? null,
    next_step_kind: lead.next_step_kind,
    next_step: lead.next_step,
    do_not_call: lead.do_not_call_since !== null,
    enquired_again_at: lead.enquired_again_at?.toISOString() ?? null,
    touch_count: lead.touch_count,
    version: lead.version,
    created_at: lead.created_at.toISOString(),
    updated_at: lead.updated_at.toISOString(),
  }) as unknown as LeadView;
}

const written = new WeakMap<Lead, { referenceData: ReferenceData; text: string }>();

/** A lead as published, as JSON; cached until the lead or the reference data changes. */
export function leadJson(lead: Lead, referenceData: ReferenceData): string {
  const known = written.get(lead);
  if (known?.referenceData === referenceData) return known.text;
  const text = JSON.stringify(viewLead(lead, referenceData));
  written.set(lead, { referenceData, text });
  return text;
}
