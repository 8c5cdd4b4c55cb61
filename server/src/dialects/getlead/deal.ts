import { type Command, type Endpoint, invalid, type Problem, type ReadContext, type Wire } from '../dialect.ts';
import { FieldRules, type Fields, parseDate } from '../field-rules.ts';
import { memberId, named, optionalCallingCode, phoneSent, type Warnings } from './find-by-name.ts';
import { refuseUnknownLead, success } from './refuse.ts';
import { dealNames, parameters } from './wire.ts';

/** Adds a deal to a lead. The success message says 'Task', as on the vendor's page. */
export const dealCreation: Endpoint = {
  name: 'gl-deal-creation-api',
  about: 'Adds a deal to a lead.',
  methods: ['GET', 'POST'],
  path: '/api/gl-deal-creation-api',
  read,
  answer: () => success('Task Added Successfully.'),
  refuse: refuseUnknownLead,
};

function read(wire: Wire, { referenceData }: ReadContext): Command | Problem {
  const fields = parameters(wire);
  const fieldRules = new FieldRules();
  const warnings: Warnings = [];
  const mobile = fieldRules.requiredText(fields, 'mobile');
  const code = optionalCallingCode(fieldRules, fields, warnings);
  const email = fieldRules.text(fields, 'email');
  const stage = fieldRules.requiredText(fields, 'status');
  const owner_id = memberId(referenceData, 'staff_name', fieldRules.text(fields, 'staff_name'), warnings);
  const about = readAbout(fieldRules, fields);
  if (!mobile || !stage || fieldRules.issues.length > 0) return invalid(...fieldRules.issues);
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
