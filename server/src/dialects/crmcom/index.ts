import type { Dialect, Endpoint, Wire } from '../dialect.ts';
import { objectFields, pairFields } from '../field-rules.ts';
import { readClosing } from './endpoints/close-lead.ts';
import { answerStatuses, answerTypes, readStatuses, readTypes } from './endpoints/configuration.ts';
import { answerLead, readCreate } from './endpoints/create-lead.ts';
import { answerList, readList } from './endpoints/list-leads.ts';
import { readShow } from './endpoints/show-lead.ts';
import { answerRelease, answerToken, readKeySignIn, readRelease, readSignIn } from './endpoints/sign-in.ts';
import { readUpdate } from './endpoints/update-lead.ts';
import { refuse, refuseKeySignIn, refuseSignIn } from './refuse.ts';
import { DIALECT_KEY } from './view-context.ts';
import { fieldRows, objectNames, referenceRows } from './wire.ts';

/** The vendor's documentation says `v2` throughout, but clients of other versions send the same requests. */
const path = (method: string) => `/crmapi/rest/:version/${method}`;

/** The vendor's GET methods also accept POST, with the parameters in the body. */
const reads: Endpoint['methods'] = ['GET', 'POST'];

const endpoints: readonly Endpoint[] = [
  {
    name: 'authentication-token',
    about: 'Signs a member in.',
    methods: ['POST'],
    path: path('authentication/token'),
    open: true,
    read: readSignIn,
    answer: answerToken,
    refuse: refuseSignIn,
  },
  {
    name: 'authentication-web-api-key-token',
    about: 'Signs in with a key.',
    methods: reads,
    path: path('authentication/web_api_key/token'),
    read: readKeySignIn,
    answer: answerToken,
    refuse: refuseKeySignIn,
  },
  {
    name: 'authentication-token-release',
    about: 'Ends a session.',
    methods: ['POST'],
    path: path('authentication/token/release'),
    read: readRelease,
    answer: answerRelease,
  },
  {
    name: 'leads-create',
    about: 'Receives a lead.',
    methods: ['POST'],
    path: path('leads/create'),
    read: readCreate,
    answer: answerLead,
  },
  {
    name: 'leads-show',
    about: 'Shows a lead.',
    methods: reads,
    path: path('leads/show'),
    read: readShow,
    answer: answerLead,
  },
  {
    name: 'leads-list',
    about: 'Lists leads.',
    methods: reads,
    path: path('leads/list'),
    read: readList,
    answer: answerList,
  },
  {
    name: 'leads-update',
    about: 'Changes a lead.',
    methods: ['POST'],
    path: path('leads/update'),
    read: readUpdate,
    answer: answerLead,
  },
  { name: 'leads-lost', methods: ['POST'], path: path('leads/lost'), read: readClosing('lost'), answer: answerLead },
  {
    name: 'leads-mark-as-lost',
    about: 'Closes a lead as lost.',
    methods: ['POST'],
    path: path('leads/mark_as_lost'),
    read: readClosing('lost'),
    answer: answerLead,
  },
  {
    name: 'leads-cancel',
    about: 'Cancels a lead.',
    methods: ['POST'],
    path: path('leads/cancel'),
    read: readClosing('cancelled'),
    answer: answerLead,
  },
  {
    name: 'leads-configuration-statuses-list',
    about: 'Lists the statuses.',
    methods: reads,
    path: path('leads/configuration/statuses/list'),
    read: readStatuses,
    answer: answerStatuses,
  },
  {
    name: 'leads-configuration-types-list',
    about: 'Lists the lead types.',
    methods: reads,
    path: path('leads/configuration/types/list'),
    read: readTypes,
    answer: answerTypes,
  },
];

const fields: Dialect['fields'] = [
  ...fieldRows.map(({ field, names, mandatory = false, choices, type }) => ({
    name: names[0] ?? field,
    required: mandatory,
    means: field,
    about: choices ? `One of ${choices.join(', ')}.` : type === 'text' ? '' : `A ${type}.`,
  })),
  ...referenceRows.map(({ reference, names, mandatory = false }) => ({
    name: names[0] ?? reference,
    required: mandatory,
    means: reference,
    about: 'An identifier: {"name": ...}, {"id": ...} ...',
  })),
  {
    name: objectNames.contact[0],
    required: true,
    about: 'Who it is: type PERSON with first_name and last_name, or COMPANY with company_name.',
  },
  { name: objectNames.source[0], required: true, means: 'source_id', about: 'Where it came from: type, name.' },
];

/** CRM.COM's REST API v2 for leads. Documented at crmdevelopment.atlassian.net, space V4. */
export const crmcom: Dialect = {
  name: DIALECT_KEY,
  title: 'CRM.COM',
  tokenPrefix: 'lw_',
  bodies: 'json',
  prefixes: ['/crmapi'],
  endpoints,
  credentials,
  secretNames: { query: ['token'], body: ['token', 'password'] },
  refuse,
  credentialPlace: '`token` in the body or the query; Basic with a key signs in.',
  fields,
  policy: 'create',
  mergeStyle: 'fill',
  repeatsByContent: false,
  example,
};

/** A lead with only the mandatory fields. */
export const exampleLead = {
  importance: 'IMPORTANCE3',
  priority: '3',
  type_identifier: { name: 'Sales' },
  contact_email: 'john.doe@example.com',
  contact_phone: '+35799123456',
  contact_information: { type: 'PERSON', first_name: 'John', last_name: 'Doe' },
  source: { type: 'WEBSITE', name: 'Home page' },
};

function example(base: string, token: string): string {
  return [
    `curl -s -X POST '${base}/crmapi/rest/v2/leads/create'`,
    "  -H 'Content-Type: application/json'",
    `  -d '${JSON.stringify({ token, ...exampleLead })}'`,
  ].join(' \\\n');
}

/**
 * Finds the token where CRM.COM's clients put it: a field of a POST body or a query parameter of a GET. The web API key
 * is the user name of HTTP Basic. A bearer token is accepted too, for clients behind gateways that add one.
 */
function credentials(wire: Wire): string[] {
  const parameters = [bodyToken(wire), pairFields(wire.query).get('token')].flatMap((sent) => asText(sent) ?? []);
  const { authorization } = wire.headers;
  // If there is a token as well, Basic credentials are meant for a gateway in front of CRM.COM.
  if (parameters.length > 0 && /^\s*basic\b/i.test(authorization ?? '')) return parameters;
  const header = authorised(authorization);
  return header === undefined ? parameters : [...parameters, header];
}

function asText(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return String(value).trim() || undefined;
}

function bodyToken(wire: Wire): unknown {
  if (wire.body.kind === 'json') return objectFields(wire.body.value)?.get('token');
  // Finds the token even in broken JSON, so that the request is stored and its sender is told what is wrong.
  return wire.body.kind === 'unreadable' ? /"token"\s*:\s*"([^"\\]+)"/.exec(wire.text)?.[1] : undefined;
}

/** Clients write both `Basic` and `basic`, and some omit the colon after the key before encoding it. */
function authorised(header: string | undefined): string | undefined {
  const [, scheme, value] = /^\s*(basic|bearer)\s+(\S+)\s*$/i.exec(header ?? '') ?? [];
  if (!scheme || !value) return undefined;
  if (scheme.toLowerCase() === 'bearer') return value;
  return asText(Buffer.from(value, 'base64').toString('utf8').split(':')[0]);
}
