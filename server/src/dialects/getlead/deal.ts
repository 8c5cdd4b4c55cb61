import { Demands, type Fields, parseDate } from '../demand.ts';
import { type Command, type Endpoint, invalid, type Problem, type ReadContext, type Wire } from '../dialect.ts';
import { memberId, named, optionalCallingCode, phoneSent, type Remarks } from './look-up.ts';
import { refuseUnknownLead, success } from './refuse.ts';
import { dealNames, parameters } from './wire.ts';

/** Adds a deal to a lead. Its success speaks of a task: that is the vendor's own sentence. */
export const dealCreation: Endpoint = {
  name: 'gl-deal-creation-api',
  about: 'Adds a deal to a lead.',
  methods: ['GET', 'POST'],
  path: '/api/gl-deal-creation-api',
  read,
  answer: () => success('Task Added Successfully.'),
  refuse: refuseUnknownLead,
};

function read(wire: Wire, { book }: ReadContext): Command | Problem {
  const fields = parameters(wire);
  const demands = new Demands();
  const remarks: Remarks = [];
  const mobile = demands.requiredText(fields, 'mobile');
  const code = optionalCallingCode(demands, fields, remarks);
  const email = demands.text(fields, 'email');
  const stage = demands.requiredText(fields, 'status');
  const owner_id = memberId(book, 'staff_name', demands.text(fields, 'staff_name'), remarks);
  const about = readAbout(demands, fields);
  if (!mobile || !stage || demands.issues.length > 0) return invalid(...demands.issues);
  return {
    kind: 'addDeal',
    lead: { by: 'contact', phone: phoneSent(mobile, code), ...(email && { email }) },
    ...about,
    stage: named(book, 'deal_stage', stage),
    ...(owner_id && { owner_id }),
    remarks,
  };
}

function readAbout(demands: Demands, fields: Fields) {
  const name = dealNames.map((at) => demands.text(fields, at)).find((text) => text !== undefined);
  const amount = demands.number(fields, 'deal_amount');
  const start_date = readDate(demands, fields, 'start_date');
  const end_date = readDate(demands, fields, 'end_date');
  const note = demands.text(fields, 'deal_note');
  return {
    ...(name && { name }),
    ...(amount !== undefined && { amount }),
    ...(start_date && { start_date }),
    ...(end_date && { end_date }),
    ...(note && { note }),
  };
}

function readDate(demands: Demands, fields: Fields, at: string): string | undefined {
  const sent = demands.text(fields, at);
  return sent === undefined ? undefined : (parseDate(sent) ?? demands.fail(at, 'not_date'));
}
