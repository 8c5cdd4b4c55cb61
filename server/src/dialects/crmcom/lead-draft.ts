import type { LeadDraft, LeadType, Status } from '../dialect.ts';
import { readAccount } from './account.ts';
import { readAssignment } from './assignment.ts';
import { readCompletion } from './completion.ts';
import { type ContactRead, readContact } from './contact/contact.ts';
import { readFieldsSet } from './fields-set.ts';
import { readContactPhone, readPlainFields, readReference, readRemembered, readUdfs } from './lead-fields.ts';
import { isShownName } from './lead-view.ts';
import { cleanNested } from './nested.ts';
import type { Reading } from './reading.ts';
import { extraName } from './seen.ts';
import { readSets } from './sets/read-sets.ts';
import { readSource } from './source.ts';
import { readPackage } from './subscription-package.ts';

/** Reads everything that create and update have in common. Issues are collected in the reading's `fieldRules`. */
export function readDraft(reading: Reading): { draft: LeadDraft; contact: ContactRead['contact'] } {
  readPlainFields(reading);
  const phone = readContactPhone(reading);
  const type = readType(reading, phone);
  const status = readStatus(reading, type);
  readCategoryAndOwner(reading);
  readRemembered(reading);
  readUdfs(reading);
  readCompletion(reading);
  readAccount(reading);
  const contact = readContact(reading);
  const source = readSource(reading);
  readAssignment(reading);
  readSets(reading);
  readPackage(reading);
  readFieldsSet(reading.fields, reading.fieldRules, isShownName);
  keepTheRest(reading);
  if (reading.values.email === undefined && contact.email !== undefined) {
    reading.values.email = contact.email;
    reading.origin.email = 'contact_information';
  }
  const draft: LeadDraft = {
    values: reading.values,
    references: reading.references,
    dialect_fields: Object.fromEntries(reading.memory),
    ...(status && { status: { id: status.id } }),
    ...(source && { source }),
    ...(reading.contactKeys.length > 0 && { contact_keys: reading.contactKeys }),
  };
  if (phone !== undefined) draft.phone = phone === null ? null : { sent: phone };
  else if (contact.phone) {
    draft.phone = contact.phone;
    reading.origin.phone = 'contact_information';
  }
  return { draft, contact: contact.contact };
}

/** A type may send messages to the contact of a new lead, so it requires an address to send them to. */
function readType(reading: Reading, phone: string | null | undefined): LeadType | undefined {
  const { fieldRules, context, updates, values } = reading;
  const { item } = readReference(reading, 'type_id');
  if (!item) return undefined;
  reading.references.type_id = item.id;
  const type = context.referenceData.get('type', item.id);
  if (updates || !type) return type;
  const failed = (at: string) => fieldRules.issues.some((issue) => issue.at === at);
  if (type.email_on_create && !values.email && !failed('contact_email')) fieldRules.fail('contact_email', 'required');
  if (type.phone_on_create && !phone && !failed('contact_phone')) fieldRules.fail('contact_phone', 'required');
  return type;
}

/** Reads the status, and the reason that a lost status requires and other statuses do not allow. */
function readStatus(reading: Reading, type: LeadType | undefined): Status | undefined {
  const { fieldRules, context, updates, references } = reading;
  const sent = readReference(reading, 'status_id');
  if (sent.item === null) fieldRules.fail(sent.at, 'required');
  const status = sent.item ? context.referenceData.get('status', sent.item.id) : undefined;
  const isUnclear = sent.value !== undefined && !status;
  const reason = readReference(reading, 'lost_reason_id');
  if (reason.item) references.lost_reason_id = reason.item.id;
  if (isUnclear) return undefined;
  const final = status ?? (updates ? undefined : defaultStatus(reading, type));
  const isLost = final?.state === 'lost';
  const isSaid = reason.value !== undefined && reason.value !== null;
  if (isLost && !isSaid) fieldRules.fail(reason.at, 'required');
  // An update without a status cannot make a lead lost, and a lost lead cannot be updated.
  if (!isLost && isSaid) fieldRules.fail(reason.at, 'not_applicable');
  return status;
}

function defaultStatus({ context: { referenceData } }: Reading, type: LeadType | undefined): Status | undefined {
  return (
    referenceData.get('status', type?.default_status_id) ??
    referenceData.all('status').find((status) => status.is_default)
  );
}

function readCategoryAndOwner(reading: Reading): void {
  const category = readReference(reading, 'category_id').item;
  if (category !== undefined) reading.references.category_id = category === null ? null : category.id;
  const owner = readReference(reading, 'owner_id').item;
  if (owner === undefined) return;
  reading.references.owner_id = owner === null ? null : owner.id;
  reading.memory.set('assigned_owner', null);
}

/** Nothing sent is dropped: unknown fields are stored alongside the known ones. */
function keepTheRest(reading: Reading): void {
  for (const [name, value] of reading.fields) {
    if (reading.used.has(name) || (value === null && !reading.updates)) continue;
    reading.memory.set(extraName(name), cleanNested(value));
  }
}
