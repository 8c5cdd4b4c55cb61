/** Endpoints for a lead that must already exist, identified by country code and number. */

import type { LeadRef } from '../dialect.ts';
import type { FieldRules, Fields } from '../field-rules.ts';
import { getleadEndpoint } from './endpoint.ts';
import { named, optionalCallingCode, requiredCallingCode } from './find-by-name.ts';

/** Adds a note. */
export const noteCreation = getleadEndpoint({
  name: 'gl-note-creation-api',
  about: 'Adds a note to a lead.',
  says: 'Note Added Successfully.',
  read({ fields, fieldRules }) {
    const text = fieldRules.requiredText(fields, 'note');
    const lead = readLead(fieldRules, fields, requiredCallingCode(fieldRules, fields));
    return text && lead ? { kind: 'addNote', lead, text } : undefined;
  },
});

/** Changes the status. The success message says 'Note', as on the vendor's page. */
export const statusChange = getleadEndpoint({
  name: 'gl-status-change-api',
  about: 'Changes the status of a lead.',
  says: 'Note Added Successfully.',
  read({ fields, fieldRules, referenceData }) {
    const status = fieldRules.requiredText(fields, 'status');
    const lead = readLead(fieldRules, fields, requiredCallingCode(fieldRules, fields));
    if (!status || !lead) return undefined;
    return { kind: 'changeStatus', lead, status: named(referenceData, 'status', status) };
  },
});

/** Returns a lead's status. The vendor does not document it, but clients use it. */
export const leadStatus = getleadEndpoint({
  name: 'get-lead-status',
  about: 'Returns the status of a lead.',
  read({ fields, fieldRules }) {
    const lead = readLead(fieldRules, fields, optionalCallingCode(fieldRules, fields, []));
    return lead && { kind: 'showLead', lead };
  },
  answer(result, { referenceData }) {
    const status = result.kind === 'lead' ? referenceData.get('status', result.lead.status_id) : undefined;
    return { status: 200, body: { data: { status_name: status?.name ?? '' } } };
  },
});

/** The e-mail address is used when no lead has the number. */
function readLead(fieldRules: FieldRules, fields: Fields, callingCode: string | undefined): LeadRef | undefined {
  const sent = fieldRules.requiredText(fields, 'mobile_no');
  const email = fieldRules.text(fields, 'email');
  if (sent === undefined) return undefined;
  return { by: 'contact', phone: { sent, ...(callingCode && { callingCode }) }, ...(email && { email }) };
}
