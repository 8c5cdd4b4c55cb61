import type { DialectFields, Lead, ReadContext } from '../dialect.ts';
import { readPhone, typeId } from '../field-rules.ts';
import { toHundredth } from './draft.ts';
import { defaultStatusId, findOwner, findStatusId } from './find-by-name.ts';
import { DEFAULT_STATUS, NO_OWNER, type PlainField, type WireField, type WireName, wireFields } from './wire.ts';

type Context = Pick<ReadContext, 'referenceData' | 'region'>;

/**
 * The vendor's Lead object: all 45 keys in the documented order. A value is shown as it was sent as long as the lead
 * still has it; after a change elsewhere the lead's own value is shown.
 */
export function viewLead(lead: Lead, context: Context): Record<string, unknown> {
  const memory = lead.dialect_fields['overplane'] ?? {};
  const view: Record<string, unknown> = {
    id: typeId('lead', lead.id),
    created_at: toSeconds(lead.created_at),
    updated_at: toSeconds(lead.updated_at),
  };
  for (const [name, wireField] of wireFields) {
    const rule = rules.get(name);
    view[name] = rule ? rule(lead, memory, context) : plain(lead, memory, name, wireField);
  }
  return view;
}

function toSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

function plain(lead: Lead, memory: DialectFields, name: WireName, { type, field }: WireField): unknown {
  const remembered = memory[name];
  const value = field ? lead[field as PlainField] : remembered;
  if (type === 'boolean') return value === true;
  if (type === 'number') return amount(value, remembered);
  return field ? (value ?? blank(remembered)) : (textOf(value) ?? null);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Blank text as it was sent; null once the field is no longer blank. */
function blank(remembered: unknown): string | null {
  const text = textOf(remembered);
  return text !== undefined && text.trim() === '' ? text : null;
}

function amount(value: unknown, remembered: unknown): unknown {
  return typeof remembered === 'number' && toHundredth(remembered) === value ? remembered : (value ?? null);
}

type Rule = (lead: Lead, memory: DialectFields, context: Context) => unknown;

const rules: ReadonlyMap<WireName, Rule> = new Map<WireName, Rule>([
  ['status', status],
  ['lead_owner', owner],
  ['mobile_no', mobile],
  ['phone', (lead, memory, { region }) => phone(lead.other_phone, textOf(memory['phone']), region)],
  ['title', title],
]);

function status(lead: Lead, memory: DialectFields, { referenceData }: Context): string {
  const sent = textOf(memory['status']);
  const meant = sent === undefined ? undefined : (findStatusId(referenceData, sent) ?? memory._as?.status_id);
  if (sent !== undefined && meant === lead.status_id) return sent;
  const name = referenceData.get('status', lead.status_id)?.name;
  return name === undefined || lead.status_id === defaultStatusId(referenceData) ? DEFAULT_STATUS : name;
}

function owner(lead: Lead, memory: DialectFields, { referenceData }: Context): string {
  const sent = textOf(memory['lead_owner']);
  const meant = sent === undefined ? undefined : (findOwner(referenceData, sent)?.id ?? memory._as?.owner_id ?? null);
  if (sent !== undefined && meant === lead.owner_id) return sent;
  return referenceData.get('member', lead.owner_id)?.email ?? NO_OWNER;
}

/** No mobile number is shown when `phone` stands in for it. */
function mobile(lead: Lead, memory: DialectFields, { region }: Context): string | null {
  const standIn = textOf(memory['_main']);
  const isStandIn = standIn !== undefined && (standIn === lead.phone_sent || lead.phone === lead.other_phone);
  return phone(isStandIn ? null : lead.phone, textOf(memory['mobile_no']), region);
}

function phone(stored: string | null, sent: string | undefined, region: string): string | null {
  if (stored === null || sent === undefined) return stored ?? blank(sent);
  return stored === sent.trim() || stored === readPhone(sent, region).number ? sent : stored;
}

/** The title is derived for leads from other sources; a cleared one stays empty. */
function title(lead: Lead, memory: DialectFields): string | null {
  if (memory['title'] === false) return null;
  return textOf(memory['title']) ?? (lead.company_name || lead.name);
}
