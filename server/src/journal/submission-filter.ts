import Type, { type Static } from 'typebox';
import { idOf } from '../http/path-ids.ts';
import { oneOf } from '../http/shapes.ts';
import { knownWords, partsOf } from '../http/text.ts';
import { outcomes } from '../intake/result.ts';
import { phoneKey } from '../leads/lead-keys.ts';
import { emailKey } from '../platform/email.ts';
import { anyLeadId } from '../platform/ids.ts';
import type { SubmissionFilter } from './submission-where-store.ts';

const DAY = 86_400_000;
/** Default period for searching the journal, in days. */
const USUAL_DAYS = 30;

const text = (description: string) => Type.Optional(Type.String({ maxLength: 200, description }));
const moment = (description: string) => Type.Optional(Type.String({ format: 'date-time', description }));

/** Filters for listing, counting, grouping and replaying journal entries. */
export const filterProperties = {
  outcome: text(`Only requests with this outcome: ${outcomes.join(', ')}; separate several with commas.`),
  dialect: text('Only requests made through this API.'),
  token: text('Only requests made with the token of this id.'),
  path: text('Only requests whose path contains this text.'),
  status_code: Type.Optional(
    Type.Integer({ minimum: 100, maximum: 599, description: 'Only requests answered with this status code.' }),
  ),
  problem: text(
    'Only requests refused for this reason: a kind (invalid, malformed ...) or the code of a rule (bad_phone, required ...).',
  ),
  field: text('Only requests refused because of this field, as named in the request.'),
  lead_id: text('Only requests that led to this lead.'),
  phone: text('Only requests that led to a lead with this phone number.'),
  email: text('Only requests that led to a lead with this email address.'),
  request_id: text('Only this request: its id, or /v1/submissions/{id}.'),
  from: moment('Only requests received at or after this time.'),
  to: moment('Only requests received before this time.'),
  by: Type.Optional(
    oneOf(
      ['token', 'member', 'all'],
      'Who made the request. token: a program with a token (default); member: a member in the web app; all: both. Defaults to all when request_id is given.',
    ),
  ),
  dismissed: Type.Optional(
    Type.Boolean({ description: 'true: only dismissed requests; false: only requests that were not dismissed.' }),
  ),
};
const filterShape = Type.Object(filterProperties);
export type FilterQuery = Static<typeof filterShape>;

/** Part of the description of every route with these filters. */
export const windowWords =
  `Covers the last ${USUAL_DAYS} days, unless from or to is given, or one lead (lead_id, phone, email) or one request is selected; ` +
  `with only to, the ${USUAL_DAYS} days before it.`;

/** Reads the filters; undefined if one of them cannot match anything. */
export function readFilter(query: FilterQuery, region: string, now: Date): SubmissionFilter | undefined {
  const filter: SubmissionFilter = { by: query.by ?? (query.request_id === undefined ? 'token' : 'all') };
  if (query.outcome !== undefined) filter.outcomes = knownWords('outcome', partsOf(query.outcome), outcomes);
  for (const name of ['dialect', 'path', 'status_code', 'problem', 'field', 'dismissed'] as const)
    if (query[name] !== undefined) Object.assign(filter, { [name]: query[name] });
  const ids = [
    ['lead_id', query.lead_id, (sent: string) => idOf('lead', sent)],
    ['token_id', query.token, (sent: string) => idOf('token', sent)],
    ['id', query.request_id, requestId],
    ['phone', query.phone, (sent: string) => phoneKey({ sent }, region)],
    ['email', query.email, emailKey],
  ] as const;
  for (const [name, sent, read] of ids) {
    if (sent === undefined) continue;
    const value = read(sent.trim());
    if (!value) return undefined;
    filter[name] = value;
  }
  return Object.assign(filter, readWindow(query, now));
}

function requestId(sent: string): string | undefined {
  const last = sent.split('/').at(-1) ?? '';
  return anyLeadId(last) ?? idOf('sub', last);
}

/** Limits searches of the whole journal to a period. */
function readWindow(query: FilterQuery, now: Date): Pick<SubmissionFilter, 'from' | 'to'> {
  const { from, to } = query;
  const isOne = [query.lead_id, query.phone, query.email, query.request_id].some((sent) => sent !== undefined);
  const end = to === undefined ? undefined : new Date(to);
  const usual = new Date((end ?? now).getTime() - USUAL_DAYS * DAY);
  const start = from === undefined ? (isOne ? undefined : usual) : new Date(from);
  return { ...(start && { from: start }), ...(end && { to: end }) };
}
