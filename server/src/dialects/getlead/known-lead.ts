/** Endpoints for a lead that must already exist, identified by country code and number. */

import { type Endpoint, invalid, type LeadRef } from '../dialect.ts';
import { FieldRules, type Fields } from '../field-rules.ts';
import { named, optionalCallingCode, requiredCallingCode } from './find-by-name.ts';
import { refuseWith, success } from './refuse.ts';
import { parameters } from './wire.ts';

/** Adds a note. */
export const noteCreation: Endpoint = {
  name: 'gl-note-creation-api',
  about: 'Adds a note to a lead.',
  methods: ['GET', 'POST'],
  path: '/api/gl-note-creation-api',
  read(wire) {
    const fields = parameters(wire);
    const fieldRules = new FieldRules();
    const text = fieldRules.requiredText(fields, 'note');
    const lead = readLead(fieldRules, fields, requiredCallingCode(fieldRules, fields));
    if (!text || !lead || fieldRules.issues.length > 0) return invalid(...fieldRules.issues);
    return { kind: 'addNote', lead, text };
  },
  answer: () => success('Note Added Successfully.'),
  refuse: (problem) => refuseWith('error', problem),
};

/** Changes the status. The success message says 'Note', as on the vendor's page. */
export const statusChange: Endpoint = {
  name: 'gl-status-change-api',
  about: 'Changes the status of a lead.',
  methods: ['GET', 'POST'],
  path: '/api/gl-status-change-api',
  read(wire, { referenceData }) {
    const fields = parameters(wire);
    const fieldRules = new FieldRules();
    const status = fieldRules.requiredText(fields, 'status');
    const lead = readLead(fieldRules, fields, requiredCallingCode(fieldRules, fields));
    if (!status || !lead || fieldRules.issues.length > 0) return invalid(...fieldRules.issues);
    return { kind: 'changeStatus', lead, status: named(referenceData, 'status', status) };
  },
  answer: () => success('Note Added Successfully.'),
  refuse: (problem) => refuseWith('error', problem),
};

/** Returns a lead's status. The vendor does not document it, but clients use it. */
export const leadStatus: Endpoint = {
  name: 'get-lead-status',
  about: 'Returns the status of a lead.',
  methods: ['GET', 'POST'],
  path: '/api/get-lead-status',
  read(wire) {
    const fields = parameters(wire);
    const fieldRules = new FieldRules();
    const lead = readLead(fieldRules, fields, optionalCallingCode(fieldRules, fields, []));
    return lead && fieldRules.issues.length === 0 ? { kind: 'showLead', lead } : invalid(...fieldRules.issues);
  },
  answer(result, { referenceData }) {
    const status = result.kind === 'lead' ? referenceData.get('status', result.lead.status_id) : undefined;
    return { status: 200, body: { data: { status_name: status?.name ?? '' } } };
  },
  refuse: (problem) => refuseWith('error', problem),
};

/** The e-mail address is used when no lead has the number. */
function readLead(fieldRules: FieldRules, fields: Fields, callingCode: string | undefined): LeadRef | undefined {
  const sent = fieldRules.requiredText(fields, 'mobile_no');
  const email = fieldRules.text(fields, 'email');
  if (sent === undefined) return undefined;
  return { by: 'contact', phone: { sent, ...(callingCode && { callingCode }) }, ...(email && { email }) };
}
