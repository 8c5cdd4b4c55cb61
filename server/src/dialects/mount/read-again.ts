import { readByRules } from '../../journal/read-by-rules.ts';
import type { ReadAgain } from '../../journal/replay.ts';
import type { Submission } from '../../journal/submission.ts';
import { decodeBody } from '../../platform/decode/decode.ts';
import { parseQuery } from '../../platform/decode/pairs.ts';
import type { Wire } from '../../platform/wire.ts';
import type { Caller } from '../../workspaces/access/caller.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import type { Dialect, Endpoint } from '../dialect.ts';
import { readRequest, wordsFor } from './read-request.ts';

interface Parts {
  dialects: readonly Dialect[];
  referenceData(workspaceId: string): Promise<ReferenceData>;
  senderOf(workspaceId: string, tokenId: string | null, dialect: string): Promise<Caller>;
}

/**
 * Reads stored requests again with the dialects' current code, which may now accept what it refused before. `native`
 * reads requests to our own API.
 */
export function readAgainWith(parts: Parts, native: ReadAgain): ReadAgain {
  return async (workspaceId, submission, body) => {
    const dialect = parts.dialects.find((one) => one.name === submission.dialect);
    return dialect ? readWith(dialect, workspaceId, submission, body, parts) : native(workspaceId, submission, body);
  };
}

async function readWith(
  dialect: Dialect,
  workspaceId: string,
  submission: Submission,
  body: Buffer | null,
  parts: Parts,
): ReturnType<ReadAgain> {
  const caller = await parts.senderOf(workspaceId, submission.token_id, dialect.name);
  const referenceData = await parts.referenceData(workspaceId);
  const { endpoint, params } = findEndpoint(dialect, submission);
  const decoded = await decodeBody(body ?? Buffer.alloc(0), submission.headers, dialect.bodies);
  const sent: Wire = {
    method: submission.method,
    path: submission.path,
    params,
    query: parseQuery(submission.query) ?? [],
    headers: submission.headers,
    ...decoded,
  };
  const { wire, readings } = readByRules(sent, referenceData, caller);
  const context = { referenceData, region: caller.region, now: submission.received_at };
  const way = { endpoint, refuse: endpoint?.refuse ?? dialect.refuse };
  const request = readRequest(way, wire, context, () => {});
  return { caller, request, readings, words: wordsFor(way, wire, request, () => context) };
}

function findEndpoint(dialect: Dialect, { method, path }: Submission) {
  const sent = partsOf(path);
  for (const endpoint of dialect.endpoints) {
    const params = endpoint.methods.some((one) => one === method) && match(endpoint, sent);
    if (params) return { endpoint, params };
  }
  return { endpoint: undefined, params: {} };
}

function match(endpoint: Endpoint, sent: readonly string[]): Record<string, string> | undefined {
  const wanted = partsOf(endpoint.path);
  if (wanted.length !== sent.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = sent[at] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decode(value);
    else if (part !== value) return undefined;
  }
  return params;
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
