import type { Named } from '../dialect.ts';
import { type Fields, objectFields } from '../field-rules.ts';
import { isBlank, type LeadRequest, readField } from './lead-request.ts';
import { resolveNested, showNested } from './nested-values.ts';
import type { ViewContext } from './view-context.ts';
import { objectNames } from './wire.ts';

/** The types of a lead source and the field each requires: a name, or an identifier of its own. */
const needs = new Map([
  ['ADVERTISEMENT', 'name'],
  ['NOTIFICATIONS', 'source_notifications_identifier'],
  ['COMMUNICATIONS', 'source_communications_identifier'],
  ['RECOMMENDED_BY_CONTACT', 'source_recommended_by_contact_identifier'],
  ['RECOMMENDED_BY_EMPLOYEE', 'source_recommended_by_employee_identifier'],
  ['RECOMMENDED_BY_PARTNER', 'source_recommended_by_partner_identifier'],
  ['WEBSITE', 'name'],
  ['OTHER', 'name'],
  ['CUSTOM1', 'name'],
  ['CUSTOM2', 'name'],
  ['CUSTOM3', 'name'],
]);

/** Reads the lead source. Its name in the workspace is the name that was sent or, without one, the type. */
export function readSource(request: LeadRequest): Named | undefined {
  const { fieldRules, memory, isUpdate: updates } = request;
  const { at, value } = readField(request, objectNames.source);
  if (value === undefined || value === null)
    return updates && value === undefined ? undefined : fieldRules.fail(at, 'required');
  request.origin.source_id = at;
  const sent = objectFields(value);
  if (!sent) return fieldRules.fail(at, 'not_object');
  const before = fieldRules.issues.length;
  const fields = new Map([...sent].map(([name, inner]) => [`${at}.${name}`, inner]));
  const type = fieldRules.requiredText(fields, `${at}.type`)?.trim().toUpperCase();
  const need = type === undefined ? undefined : needs.get(type);
  if (type !== undefined && need === undefined)
    fieldRules.fail(`${at}.type`, 'not_in_list', { allowed: [...needs.keys()] });
  const name = fieldRules.text(fields, `${at}.name`);
  if (need !== undefined) checkNeeds(request, at, sent, need);
  if (fieldRules.issues.length > before) return undefined;
  const resolved = resolveNested(
    { fieldRules, referenceData: request.context.referenceData },
    at,
    Object.fromEntries(sent),
  );
  memory.set('source', { ...(resolved as object), type });
  return fieldRules.issues.length > before ? undefined : { make: (name ?? type ?? '').trim() };
}

function checkNeeds({ fieldRules }: LeadRequest, at: string, sent: Fields, need: string): void {
  const isThere = (name: string) => !isBlank(sent.get(name));
  if (!isThere(need)) fieldRules.fail(`${at}.${need}`, 'required');
  for (const other of new Set(needs.values()))
    if (other !== 'name' && other !== need && isThere(other)) fieldRules.fail(`${at}.${other}`, 'not_applicable');
}

/** The source as sent, as long as the lead still has it; a source set elsewhere is `OTHER` with its name. */
export function shownSource({ lead, memory, referenceData }: ViewContext): unknown {
  const current = referenceData.get('source', lead.source_id)?.name;
  const sent = objectFields(memory.get('source'));
  if (!sent) return current === undefined ? null : { type: 'OTHER', name: current };
  const type = sent.get('type');
  const name = typeof sent.get('name') === 'string' && sent.get('name') !== '' ? sent.get('name') : type;
  const asSent = showNested(referenceData, Object.fromEntries([['type', type], ['name', null], ...sent]));
  if (current === undefined) return hadSource(memory) ? null : asSent;
  return referenceData.find('source', { by: 'name', value: String(name) })?.id === lead.source_id
    ? asSent
    : { type: 'OTHER', name: current };
}

/**
 * Whether the source that was sent became one of the workspace's. If it did and the lead has no source now, it has been
 * removed; if it did not, it is still shown as sent.
 */
function hadSource(memory: Fields): boolean {
  return typeof objectFields(memory.get('_as'))?.get('source_id') === 'string';
}
