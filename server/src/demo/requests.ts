import { wordProblem } from '../http/problem-words.ts';
import { type Issue, invalid, type Problem } from '../platform/problem.ts';
import type { DemoDialect } from './demo-context.ts';
import type { LeadHistory } from './lead-history.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';

/** A request as the journal stores it, with its reply. */
export interface DemoRequest {
  path: string;
  query: string;
  type: string;
  agent: string;
  body: string;
  status: number;
  answer: string;
  /** Why the request was refused. */
  problem?: Problem;
}

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';
const REDACTED = '[redacted]';

type Write = (history: LeadHistory, number: number) => DemoRequest;

/** What the clients of each dialect send, and the replies. */
const accepted: Readonly<Record<DemoDialect, Write>> = {
  getlead: ({ person, source, wish }) => ({
    path: '/api/gl-website-contacts',
    query: `token=${REDACTED}`,
    type: form,
    agent: 'WordPress/6.8; https://www.example.com',
    body: pairs({
      name: person.name,
      countrycode: person.phone.callingCode,
      mobileno: person.phone.national,
      ...(person.email && { email: person.email }),
      source: source.name,
      'Asked for': wish,
    }),
    status: 200,
    answer: '{"status":"success","message":"Lead Added Successfully."}',
  }),
  overplane: ({ person, source, campaign, wish }) => ({
    path: '/api/crm/lead',
    query: '',
    type: json,
    agent: 'axios/1.13.2',
    body: JSON.stringify({
      lead_name: person.name,
      first_name: person.first,
      last_name: person.last,
      ...(person.email && { email_id: person.email }),
      mobile_no: person.phone.phone,
      ...(person.company && { company_name: person.company, job_title: person.jobTitle }),
      city: person.city,
      country: person.country,
      request_type: wish,
      utm_source: source.name.toLowerCase().replace(' ', '-'),
      ...(campaign && { utm_campaign: campaign }),
    }),
    status: 200,
    answer: JSON.stringify({ lead_name: person.name, email_id: person.email, status: 'Lead', lead_owner: '__user' }),
  }),
  ispcrm: ({ person, wish }, number) => ({
    path: '/api/v1/subscriber/CreateLead',
    query: '',
    type: json,
    agent: 'GuzzleHttp/7',
    body: JSON.stringify({
      name: person.name,
      email: addressOf(person),
      phone: person.phone.phone,
      address: person.city,
      remarks: wish,
    }),
    status: 200,
    answer: JSON.stringify({
      success: true,
      message: 'Lead created successfully',
      data: { lead_id: number, status: 'New' },
    }),
  }),
  crmcom: ({ person, typeName }, number) => ({
    path: '/crmapi/rest/v2/leads/create',
    query: '',
    type: json,
    agent: 'okhttp/5.1.0',
    body: JSON.stringify({
      token: REDACTED,
      importance: 'IMPORTANCE3',
      priority: '3',
      type_identifier: { name: typeName ?? 'Sales' },
      ...(person.email && { contact_email: person.email }),
      contact_phone: person.phone.phone,
      contact_information: { type: 'PERSON', first_name: person.first, last_name: person.last },
      source: { type: 'WEBSITE', name: 'Trade fair' },
    }),
    status: 200,
    answer: JSON.stringify({
      status: { code: 'OK', message: null, description: null },
      data: { number: String(number), contact_phone: person.phone.phone },
    }),
  }),
  dialler: ({ person, typeName, wish }) => ({
    path: '/lead/add',
    query: `key=${REDACTED}`,
    type: json,
    agent: 'python-requests/2.32',
    body: JSON.stringify({
      first_name: person.first,
      surname: person.last,
      mobile: person.phone.phone,
      email: addressOf(person),
      type: typeName ?? 'Sales',
      delays: 60,
      data: JSON.stringify({ remark: wish }),
    }),
    status: 200,
    answer: '{"saved":true,"processed":true}',
  }),
  native: ({ person, source, wish }, number) => ({
    path: '/v1/leads',
    query: '',
    type: json,
    agent: 'leadwell-app/2.4',
    body: JSON.stringify({
      name: person.name,
      phone: person.phone.phone,
      ...(person.email && { email: person.email }),
      ...(person.company && { company_name: person.company }),
      source: source.name,
      description: wish,
    }),
    status: 201,
    answer: JSON.stringify({ number, name: person.name, phone: person.phone.phone, source: source.name }),
  }),
};

/** The person's e-mail address, or an invented one for dialects that require one. */
function addressOf({ email, last }: Person): string {
  return email ?? `${last.toLowerCase().replace(/[^a-z]/g, '') || 'customer'}@example.net`;
}

/** The request that created a lead. */
export function requestOf(history: LeadHistory, number: number): DemoRequest {
  return accepted[history.source.dialect](history, number);
}

type Refuse = (request: DemoRequest, random: Random) => DemoRequest;

/** Typical mistakes in requests of each dialect, and the replies. */
const refused: Readonly<Record<DemoDialect, Refuse>> = {
  getlead: (request, random) => ({
    ...request,
    body: request.body.replace(/mobileno=\d+/, `mobileno=${random.whole(1000, 99_999)}`),
    answer: '{"status":"fail","message":"The mobileno must be between 8 and 14 digits."}',
    problem: {
      kind: 'invalid',
      issues: [{ at: 'mobileno', code: 'bad_digits', limits: { min: 8, max: 14 }, field: 'phone' }],
    },
  }),
  overplane: (request) => ({
    ...request,
    body: request.body.slice(0, -2),
    status: 400,
    answer: JSON.stringify({
      error: {
        type: 'invalid_request_error',
        message: 'The request body could not be read: it is not valid JSON or form data.',
        param: null,
        code: 'body_invalid',
      },
    }),
    problem: { kind: 'malformed', detail: 'The body is not valid JSON.' },
  }),
  ispcrm: (request) => ({
    ...request,
    body: request.body.replace(/"email":"[^"]*",/, ''),
    status: 400,
    answer: '{"success":false,"message":"Invalid request data"}',
    problem: { kind: 'invalid', issues: [{ at: 'email', field: 'email', code: 'required' }] },
  }),
  crmcom: (request) => ({
    ...request,
    body: request.body.replace('"IMPORTANCE3"', '"HIGH"'),
    answer: JSON.stringify({
      status: {
        code: 'COM.CRM.EXCEPTION.LEADS.INVALIDFIELDVALUEEXCEPTION',
        message:
          'importance must be one of IMPORTANCE1, IMPORTANCE2, IMPORTANCE3, IMPORTANCE4, IMPORTANCE5, CUSTOM1, CUSTOM2, CUSTOM3.',
        description: 'The request was not carried out.',
      },
      data: null,
    }),
    problem: { kind: 'invalid', issues: [{ at: 'importance', field: 'importance', code: 'not_in_list' }] },
  }),
  // An unknown lead type, because partners have lists of their own.
  dialler: (request, random) => ({
    ...request,
    body: request.body.replace(/"type":"[^"]*"/, `"type":"${random.chance(0.8) ? 'broadband' : 'telesales'}"`),
    answer: '{"saved":true,"processed":false,"error":"Unknown Type"}',
    problem: { kind: 'invalid', issues: [{ at: 'type', field: 'type_id', code: 'unknown_reference' }] },
  }),
  native: (request, random) => {
    const at = random.pick(['email', 'type'] as const);
    const body = { ...JSON.parse(request.body), ...(at === 'email' ? { email: 'not given' } : { type: 'Fibre' }) };
    const issue: Issue = at === 'email' ? { at, field: at, code: 'bad_email' } : { at, code: 'unknown_reference' };
    const problem = invalid(issue);
    const { status, body: answer } = wordProblem(problem);
    return { ...request, body: JSON.stringify(body), status, answer: JSON.stringify(answer), problem };
  },
};

/** The same request with a mistake for which it was refused. */
export function refusedRequestOf(history: LeadHistory, random: Random): DemoRequest {
  return refused[history.source.dialect](requestOf(history, 0), random);
}

function pairs(values: Readonly<Record<string, string>>): string {
  return new URLSearchParams(values).toString();
}
