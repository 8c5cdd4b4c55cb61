import { lenientText } from '../platform/decode/charset.ts';
import { ERASED, identifiersIn } from './identifier-search.ts';
import type { RedactedRequest, StoredReplay, StoredRequest } from './journal-search-store.ts';
import { identifiersFor, type Search, tellsOf } from './judge-row.ts';
import { textOfBody } from './spellings.ts';

/**
 * What to do with a stored request. `empty`: it is the person's own, so its contents are removed. `left`: it has the
 * person's phone, but the email of somebody else who shares that phone. `redact`: it is about somebody else and
 * mentions the person; only the mention is cut out, but a stored response is removed whole, because it is a copy.
 */
export type RequestJudgement =
  | { do: 'keep' | 'empty' | 'left' }
  | { do: 'redact'; redacted: RedactedRequest; replays: StoredReplay[] };

export function judgeRequest(
  request: StoredRequest,
  replays: readonly StoredReplay[],
  search: Search,
  requests: ReadonlySet<string>,
): RequestJudgement {
  const leads = [request.lead_id, ...replays.map(({ lead_id }) => lead_id)].filter((id) => id !== null);
  if (requests.has(request.id) || leads.some((id) => search.leadIds.has(id))) return { do: 'empty' };
  if (leads.length === 0 || request.is_gone) {
    const sent = sentText(request, replays);
    const found = search.identifiers.find(sent);
    if (found.length > 0) return { do: isSomebodyElses(sent, found, search, request.is_gone) ? 'left' : 'empty' };
  }
  return cutOut(request, replays, search, leads[0] ?? null);
}

function sentText(request: StoredRequest, replays: readonly StoredReplay[]): string {
  const { path, query, headers, body, problem } = request;
  const type = headers['content-type'];
  const edited = replays.flatMap((one) => [one.edited_query ?? '', bodyText(one.edited_body, type), one.problem ?? '']);
  return [path, query, ...Object.values(headers), bodyText(body, type), problem ?? '', ...edited].join('\n');
}

function bodyText(body: Buffer | null, type: string | undefined): string {
  return body ? textOfBody(body, type) : '';
}

/**
 * Whether a request has the person's phone but not their email, and has the email of somebody who shares that phone.
 * If its lead was deleted and the person has an email, any other email will do, because nobody knows any more whose
 * it was.
 */
function isSomebodyElses(
  sent: string,
  found: readonly { kind: string; value: string }[],
  { person, sharingEmails }: Search,
  isGone: boolean,
): boolean {
  if (found.some(({ kind }) => kind === 'email')) return false;
  const emails = identifiersIn(sent, []).filter(({ kind }) => kind === 'email');
  return emails.some(({ value }) => sharingEmails.has(value) || (isGone && person.emails.length > 0));
}

function cutOut(
  request: StoredRequest,
  replays: readonly StoredReplay[],
  search: Search,
  leadId: string | null,
): RequestJudgement {
  const { identifiers } = search;
  const which = identifiersFor(leadId, search);
  const type = request.headers['content-type'];
  const mentions = (text: string) => identifiers.redact(text, which) !== undefined;
  const tells = (answer: string) => (leadId === null ? tellsOf(answer, search) : mentions(answer));
  const query = identifiers.redact(request.query, which);
  const redacted: RedactedRequest = {
    path: identifiers.redact(request.path, which),
    query: query === ERASED ? '' : query,
    body: cutFromBody(request.body, type, (text) => identifiers.redact(text, which)),
    answer: tells(request.answer) ? '' : undefined,
  };
  const touched = replays.filter(
    (one) => mentions(one.edited_query ?? '') || mentions(bodyText(one.edited_body, type)) || tells(one.answer),
  );
  const isTouched = Object.values(redacted).some((part) => part !== undefined) || touched.length > 0;
  return isTouched ? { do: 'redact', redacted, replays: touched } : { do: 'keep' };
}

/** The body without the mentions; undefined if there are none, null if its encoding means that all of it must go. */
function cutFromBody(
  body: Buffer | null,
  type: string | undefined,
  redact: (text: string) => string | undefined,
): Buffer | null | undefined {
  if (!body) return undefined;
  const text = textOfBody(body, type);
  const redacted = redact(text);
  if (redacted === undefined) return undefined;
  return redacted !== ERASED && text === lenientText(body) ? Buffer.from(redacted) : null;
}
