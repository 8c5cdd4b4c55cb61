/** Endpoints that speak of a lead which must be there already, named by country code and number. */
import { Demands, type Fields } from '../demand.ts';
import { type Endpoint, invalid, type LeadRef } from '../dialect.ts';
import { named, optionalCallingCode, requiredCallingCode } from './look-up.ts';
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
    const demands = new Demands();
    const text = demands.requiredText(fields, 'note');
    const lead = readLead(demands, fields, requiredCallingCode(demands, fields));
    if (!text || !lead || demands.issues.length > 0) return invalid(...demands.issues);
    return { kind: 'addNote', lead, text };
  },
  answer: () => success('Note Added Successfully.'),
  refuse: (problem) => refuseWith('error', problem),
};

/** Changes the status. Its success speaks of a note: that is the vendor's own sentence. */
export const statusChange: Endpoint = {
  name: 'gl-status-change-api',
  about: 'Changes the status of a lead.',
  methods: ['GET', 'POST'],
  path: '/api/gl-status-change-api',
  read(wire, { book }) {
    const fields = parameters(wire);
    const demands = new Demands();
    const status = demands.requiredText(fields, 'status');
    const lead = readLead(demands, fields, requiredCallingCode(demands, fields));
    if (!status || !lead || demands.issues.length > 0) return invalid(...demands.issues);
    return { kind: 'changeStatus', lead, status: named(book, 'status', status) };
  },
  answer: () => success('Note Added Successfully.'),
  refuse: (problem) => refuseWith('error', problem),
};

/** Says which status a lead has. On no page of the vendor, but clients know it. */
export const leadStatus: Endpoint = {
  name: 'get-lead-status',
  about: 'Tells the status of a lead.',
  methods: ['GET', 'POST'],
  path: '/api/get-lead-status',
  read(wire) {
    const fields = parameters(wire);
    const demands = new Demands();
    const lead = readLead(demands, fields, optionalCallingCode(demands, fields, []));
    return lead && demands.issues.length === 0 ? { kind: 'showLead', lead } : invalid(...demands.issues);
  },
  answer(result, { book }) {
    const status = result.kind === 'lead' ? book.get('status', result.lead.status_id) : undefined;
    return { status: 200, body: { data: { status_name: status?.name ?? '' } } };
  },
  refuse: (problem) => refuseWith('error', problem),
};

/** The e-mail helps when nobody has the number. */
function readLead(demands: Demands, fields: Fields, callingCode: string | undefined): LeadRef | undefined {
  const sent = demands.requiredText(fields, 'mobile_no');
  const email = demands.text(fields, 'email');
  if (sent === undefined) return undefined;
  return { by: 'contact', phone: { sent, ...(callingCode && { callingCode }) }, ...(email && { email }) };
}
