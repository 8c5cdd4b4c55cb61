import type { LeadDraft, LeadType, PhoneSent, Status } from '../dialect.ts';
import { readAccount } from './account.ts';
import { readAssignment } from './assignment.ts';
import { readCompletion } from './completion.ts';
import { type ContactRead, readContact } from './contact/contact.ts';
import { readFieldsSet } from './fields-set.ts';
import { readContactPhone, readPlainFields, readReference, readRemembered, readUdfs } from './lead-fields.ts';
import type { LeadRequest } from './lead-request.ts';
import { isShownName } from './lead-view.ts';
import { cleanNested } from './nested-values.ts';
import { readSets } from './sets/read-sets.ts';
import { readSource } from './source.ts';
import { readPackage } from './subscription-package.ts';
import { extraName } from './view-context.ts';

/** Reads everything that create and update have in common. Issues are collected in the request's `fieldRules`. */
export function readDraft(request: LeadRequest): { draft: LeadDraft; contact: ContactRead['contact'] } {
  readPlainFields(request);
  const phone = readContactPhone(request);
  const type = readType(request, phone);
  const status = readStatus(request, type);
  readCategoryAndOwner(request);
  readRemembered(request);
  readUdfs(request);
  readCompletion(request);
  readAccount(request);
  const contact = readContact(request);
  const source = readSource(request);
  readAssignment(request);
  readSets(request);
  readPackage(request);
  readFieldsSet(request.fields, request.fieldRules, isShownName);
  rememberUnknownFields(request);
  const [email] = contact.emails ?? [];
  if (request.values.email === undefined && email !== undefined) {
    request.values.email = email;
    request.origin.email = 'contact_information';
  }
  const draft: LeadDraft = {
    values: request.values,
    references: request.references,
    dialect_fields: Object.fromEntries(request.memory),
    ...(status && { status: { id: status.id } }),
    ...(source && { source }),
    ...(request.contactKeys.length > 0 && { contact_keys: request.contactKeys }),
  };
  const [first] = contact.phones ?? [];
  if (phone !== undefined) draft.phone = phone === null ? null : sameAs(phone, contact.phones);
  else if (first) {
    draft.phone = first;
    request.origin.phone = 'contact_information';
  }
  const { phones = [], emails = [] } = contact;
  if (phones.length + emails.length > 1) draft.other_contacts = { phones, emails };
  return { draft, contact: contact.contact };
}

/** The lead's own phone, with the calling code that the contact's phones give for the same number. */
function sameAs(phone: string, phones: readonly PhoneSent[] = []): PhoneSent {
  const digits = (text: string) => text.replace(/\D/g, '').replace(/^0+/, '');
  const twin = phone.includes('+') ? undefined : phones.find(({ sent }) => digits(sent) === digits(phone));
  return { sent: phone, ...(twin?.callingCode && { callingCode: twin.callingCode }) };
}

/** A type that sends messages to new leads requires the email address or phone number to send them to. */
function readType(request: LeadRequest, phone: string | null | undefined): LeadType | undefined {
  const { fieldRules, context, isUpdate: updates, values } = request;
  const { item } = readReference(request, 'type_id');
  if (!item) return undefined;
  request.references.type_id = item.id;
  const type = context.referenceData.get('type', item.id);
  if (updates || !type) return type;
  const failed = (at: string) => fieldRules.issues.some((issue) => issue.at === at);
  if (type.email_on_create && !values.email && !failed('contact_email')) fieldRules.fail('contact_email', 'required');
  if (type.phone_on_create && !phone && !failed('contact_phone')) fieldRules.fail('contact_phone', 'required');
  return type;
}

/** Reads the status, and the reason that a lost status requires and other statuses do not allow. */
function readStatus(request: LeadRequest, type: LeadType | undefined): Status | undefined {
  const { fieldRules, context, isUpdate: updates, references } = request;
  const sent = readReference(request, 'status_id');
  if (sent.item === null) fieldRules.fail(sent.at, 'required');
  const status = sent.item ? context.referenceData.get('status', sent.item.id) : undefined;
  const isUnclear = sent.value !== undefined && !status;
  const reason = readReference(request, 'lost_reason_id');
  if (reason.item) references.lost_reason_id = reason.item.id;
  if (isUnclear) return undefined;
  const final = status ?? (updates ? undefined : defaultStatus(request, type));
  const isLost = final?.state === 'lost';
  const isSent = reason.value !== undefined && reason.value !== null;
  if (isLost && !isSent) fieldRules.fail(reason.at, 'required');
  // An update without a status cannot make a lead lost, and a lost lead cannot be updated.
  if (!isLost && isSent) fieldRules.fail(reason.at, 'not_applicable');
  return status;
}

function defaultStatus({ context: { referenceData } }: LeadRequest, type: LeadType | undefined): Status | undefined {
  return (
    referenceData.get('status', type?.default_status_id) ??
    referenceData.all('status').find((status) => status.is_default)
  );
}

function readCategoryAndOwner(request: LeadRequest): void {
  const category = readReference(request, 'category_id').item;
  if (category !== undefined) request.references.category_id = category === null ? null : category.id;
  const owner = readReference(request, 'owner_id').item;
  if (owner === undefined) return;
  request.references.owner_id = owner === null ? null : owner.id;
  request.memory.set('assigned_owner', null);
}

/** Nothing sent is dropped: unknown fields are stored alongside the known ones. */
function rememberUnknownFields(request: LeadRequest): void {
  for (const [name, value] of request.fields) {
    if (request.used.has(name) || (value === null && !request.isUpdate)) continue;
    request.memory.set(extraName(name), cleanNested(value));
  }
}
