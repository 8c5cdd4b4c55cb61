import type { Command } from '../dialect.ts';
import { type FieldRules, type Fields, parseDate } from '../field-rules.ts';
import { getleadEndpoint, type Sent } from './endpoint.ts';
import { memberId, named, optionalCallingCode, phoneSent } from './find-by-name.ts';
import { refuseUnknownLead } from './refuse.ts';
import { dealNames } from './wire.ts';

/** Adds a deal to a lead. The success message says 'Task', as on the vendor's page. */
export const dealCreation = getleadEndpoint({
  name: 'gl-deal-creation-api',
  about: 'Adds a deal to a lead.',
  says: 'Task Added Successfully.',
  read,
  refuse: refuseUnknownLead,
});

function read({ fields, fieldRules, warnings, referenceData }: Sent): Command | undefined {
  const mobile = fieldRules.requiredText(fields, 'mobile');
  const code = optionalCallingCode(fieldRules, fields, warnings);
  const email = fieldRules.text(fields, 'email');
  const stage = fieldRules.requiredText(fields, 'status');
  const owner_id = memberId(referenceData, 'staff_name', fieldRules.text(fields, 'staff_name'), warnings);
  const about = readAbout(fieldRules, fields);
  if (!mobile || !stage) return undefined;
  return {
    kind: 'addDeal',
    lead: { by: 'contact', phone: phoneSent(mobile, code), ...(email && { email }) },
    ...about,
    stage: named(referenceData, 'deal_stage', stage),
    ...(owner_id && { owner_id }),
    warnings,
  };
}

function readAbout(fieldRules: FieldRules, fields: Fields) {
  const name = dealNames.map((at) => fieldRules.text(fields, at)).find((text) => text !== undefined);
  const amount = fieldRules.number(fields, 'deal_amount');
  const start_date = readDate(fieldRules, fields, 'start_date');
  const end_date = readDate(fieldRules, fields, 'end_date');
  const note = fieldRules.text(fields, 'deal_note');
  return {
    ...(name && { name }),
    ...(amount !== undefined && { amount }),
    ...(start_date && { start_date }),
    ...(end_date && { end_date }),
    ...(note && { note }),
  };
}

function readDate(fieldRules: FieldRules, fields: Fields, at: string): string | undefined {
  const sent = fieldRules.text(fields, at);
  return sent === undefined ? undefined : (parseDate(sent) ?? fieldRules.fail(at, 'not_date'));
}
