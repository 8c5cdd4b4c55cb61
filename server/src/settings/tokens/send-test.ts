import type { FastifyRequest } from 'fastify';
import { contextOf } from '../../http/request-context.ts';
import type { Submission } from '../../journal/submission.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { REDACTED } from '../../platform/redact/redact-secrets.ts';
import type { Token } from '../../workspaces/tokens/token-store.ts';
import { readCurl } from './read-curl.ts';
import type { DialectAbout, TokenSpecContext } from './token-spec.ts';

/** Sends a dialect's example through intake in test mode, as a sender would; only the submission is stored. */
export async function sendTest(api: TokenSpecContext, request: FastifyRequest, token: Token, dialect: DialectAbout) {
  const { caller, at, referenceData } = contextOf(request);
  const { method, url, headers, body } = readCurl(dialect.example('http://localhost', REDACTED));
  const bytes = body === null ? null : Buffer.from(body);
  const { pathname, search } = new URL(url);
  const sent = {
    id: uuidv7(at.getTime()),
    method,
    path: pathname,
    query: decodeURI(search.slice(1)),
    headers: kept(headers),
    body: bytes,
    received_at: at,
    address: request.ip,
  };
  const rights = { rights: { scopes: token.scopes }, visibility: undefined };
  const read = await api.readAgain(caller.workspace_id, { ...unanswered(token), ...sent }, bytes, rights);
  const reply = await api.intake.perform({
    envelope: sent,
    caller: { ...read.caller, test_mode: true },
    referenceData,
    request: read.request,
    words: read.words,
  });
  return { status: reply.status, body: reply.text, submission_id: sent.id };
}

/** The headers, except the one that contains the secret. */
function kept(headers: Readonly<Record<string, string>>): Record<string, string> {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(lower.filter(([, value]) => !value.includes(REDACTED)));
}

/** The remaining columns of a submission that has not been answered yet. */
function unanswered(
  token: Token,
): Omit<Submission, 'id' | 'method' | 'path' | 'query' | 'headers' | 'body' | 'received_at' | 'address'> {
  return {
    dialect: token.dialect,
    token_id: token.id,
    member_id: null,
    command: null,
    outcome: 'test',
    problem: null,
    status_code: 0,
    lead_id: null,
    took_ms: 0,
    dismissed_at: null,
    removed_at: null,
    removed_because: null,
    body_bytes: null,
    body_sha256: null,
    answer: '',
    answer_bytes: 0,
  };
}
