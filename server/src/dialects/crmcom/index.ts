import type { Dialect, Endpoint } from '../dialect.ts';
import { readClosing } from './close-lead.ts';
import { answerStatuses, answerTypes, readStatuses, readTypes } from './configuration.ts';
import { answerLead, readCreate } from './create-lead.ts';
import { credential } from './credential.ts';
import { answerList, readList } from './list-leads.ts';
import { refuse, refuseKeySignIn, refuseSignIn } from './refuse.ts';
import { DIALECT } from './seen.ts';
import { readShow } from './show-lead.ts';
import { answerRelease, answerToken, readKeySignIn, readRelease, readSignIn } from './sign-in.ts';
import { readUpdate } from './update-lead.ts';

/** `v2` in every page; clients of other versions send the same. */
const path = (method: string) => `/crmapi/rest/:version/${method}`;

/** The vendor's GET methods; by POST too, with the parameters in the body. */
const reads: Endpoint['methods'] = ['GET', 'POST'];

const endpoints: readonly Endpoint[] = [
  {
    name: 'authentication-token',
    methods: ['POST'],
    path: path('authentication/token'),
    open: true,
    read: readSignIn,
    answer: answerToken,
    refuse: refuseSignIn,
  },
  {
    name: 'authentication-web-api-key-token',
    methods: reads,
    path: path('authentication/web_api_key/token'),
    read: readKeySignIn,
    answer: answerToken,
    refuse: refuseKeySignIn,
  },
  {
    name: 'authentication-token-release',
    methods: ['POST'],
    path: path('authentication/token/release'),
    read: readRelease,
    answer: answerRelease,
  },
  { name: 'leads-create', methods: ['POST'], path: path('leads/create'), read: readCreate, answer: answerLead },
  { name: 'leads-show', methods: reads, path: path('leads/show'), read: readShow, answer: answerLead },
  { name: 'leads-list', methods: reads, path: path('leads/list'), read: readList, answer: answerList },
  { name: 'leads-update', methods: ['POST'], path: path('leads/update'), read: readUpdate, answer: answerLead },
  { name: 'leads-lost', methods: ['POST'], path: path('leads/lost'), read: readClosing('lost'), answer: answerLead },
  {
    name: 'leads-mark-as-lost',
    methods: ['POST'],
    path: path('leads/mark_as_lost'),
    read: readClosing('lost'),
    answer: answerLead,
  },
  {
    name: 'leads-cancel',
    methods: ['POST'],
    path: path('leads/cancel'),
    read: readClosing('cancelled'),
    answer: answerLead,
  },
  {
    name: 'leads-configuration-statuses-list',
    methods: reads,
    path: path('leads/configuration/statuses/list'),
    read: readStatuses,
    answer: answerStatuses,
  },
  {
    name: 'leads-configuration-types-list',
    methods: reads,
    path: path('leads/configuration/types/list'),
    read: readTypes,
    answer: answerTypes,
  },
];

/** CRM.COM's REST API v2, as far as leads go. Contract: crmdevelopment.atlassian.net, space V4. */
export const crmcom: Dialect = {
  name: DIALECT,
  title: 'CRM.COM',
  tokenPrefix: 'lw_',
  bodies: 'json',
  prefixes: ['/crmapi'],
  endpoints,
  credential,
  secretNames: { query: ['token'], body: ['token', 'password'] },
  refuse,
  policy: 'create',
  mergeStyle: 'fill',
  repeatsByContent: false,
  example,
};

function example(base: string, token: string): string {
  const lead = {
    token,
    importance: 'IMPORTANCE3',
    priority: '3',
    type_identifier: { name: 'Sales' },
    contact_email: 'john.doe@example.com',
    contact_phone: '99123456',
    contact_information: { type: 'PERSON', first_name: 'John', last_name: 'Doe' },
    source: { type: 'WEBSITE', name: 'Home page' },
  };
  return [
    `curl -s -X POST '${base}/crmapi/rest/v2/leads/create'`,
    "  -H 'Content-Type: application/json'",
    `  -d '${JSON.stringify(lead)}'`,
  ].join(' \\\n');
}
