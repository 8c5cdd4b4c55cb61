import type { AnsweredCall, Dialect, Endpoint, Result, WireReply } from '../dialect.ts';
import { bodyFields, exactFields, withPhonesAsSent } from '../field-rules.ts';
import { refuse } from './refuse.ts';
import { leadFields, readLead } from './wire.ts';

const createLead: Endpoint = {
  name: 'CreateLead',
  about: 'Receives a lead.',
  methods: ['POST'],
  path: '/api/v1/subscriber/CreateLead',
  read({ body }) {
    if (body.kind === 'unreadable') return body.problem;
    const fields = bodyFields(body);
    return fields
      ? readLead(withPhonesAsSent(fields, body, ['phone']), exactFields(body) ?? fields)
      : { kind: 'malformed', detail: 'The body is not a JSON object.' };
  },
  answer,
};

/** The vendor's other paths begin with a lower-case letter, so clients may write this one that way too. */
const { about: _, ...unnamed } = createLead;
const spellings = ['createLead', 'createlead'].map(
  (name): Endpoint => ({ ...unnamed, name, path: `/api/v1/subscriber/${name}` }),
);

/** ISPCRM's subscriber API. */
export const ispcrm: Dialect = {
  name: 'ispcrm',
  title: 'ISPCRM',
  tokenPrefix: 'lw_',
  bodies: 'json_or_form',
  prefixes: ['/api/v1/subscriber'],
  endpoints: [createLead, ...spellings],
  credentials: ({ headers }) => /^\s*bearer\s+(\S+)\s*$/i.exec(headers['authorization'] ?? '')?.slice(1) ?? [],
  credentialPlace: 'The header `Authorization: Bearer`.',
  fields: leadFields,
  secretNames: { query: [], body: [] },
  refuse,
  policy: 'merge',
  mergeStyle: 'fill',
  repeatsByContent: true,
  example: (base, token) =>
    [
      `curl -s -X POST '${base}/api/v1/subscriber/CreateLead'`,
      `-H 'Authorization: Bearer ${token}'`,
      `-H 'Content-Type: application/json'`,
      `-d '{"name":"John Doe","email":"johndoe@example.com","phone":"1234567890","remarks":"Interested in 100 Mbps plan"}'`,
    ].join(' '),
};

/** A known lead gets the same reply as a new one, with its own number and current status. */
function answer(result: Result, { referenceData }: AnsweredCall): WireReply {
  const lead = result.kind === 'lead' ? result.lead : undefined;
  const status = referenceData.get('status', lead?.status_id)?.name ?? 'New';
  return {
    status: 200,
    body: {
      success: true,
      message: 'Lead created successfully',
      data: { lead_id: lead?.number ?? null, status },
    },
  };
}
