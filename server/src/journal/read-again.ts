import type { Arrival } from '../intake/arrival.ts';
import type { CallContext, Endpoint, IntakeApi } from '../intake/endpoint.ts';
import { readByRules } from '../intake/read-by-rules.ts';
import { readRequest, wordsFor } from '../intake/receive.ts';
import { decodeBody } from '../platform/decode/decode.ts';
import { parseQuery } from '../platform/decode/pairs.ts';
import { isProblem } from '../platform/problem.ts';
import type { Wire } from '../platform/wire.ts';
import type { Caller, SenderSettings } from '../workspaces/access/caller.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Submission } from './submission.ts';

/**
 * Reads a stored request with the current version of its API, which may accept what it refused before. The result has
 * its sender's settings, but the rights and visibility of `by`, the caller who replays it.
 */
export type ReadAgain = (
  workspaceId: string,
  submission: Submission,
  body: Buffer | null,
  by: Pick<Caller, 'rights' | 'visibility'>,
) => Promise<Pick<Arrival, 'caller' | 'referenceData' | 'request' | 'words' | 'readings'>>;

interface Options {
  dialects: readonly IntakeApi[];
  /** Our own API; reads requests that belong to no dialect. */
  native: IntakeApi<CallContext>;
  referenceData(workspaceId: string): Promise<ReferenceData>;
  senderOf(workspaceId: string, tokenId: string | null, dialect: string): Promise<SenderSettings>;
}

export function readAgainWith({ dialects, native, referenceData: dataOf, senderOf }: Options): ReadAgain {
  return async (workspaceId, submission, body, { rights, visibility }) => {
    const { dialect, token_id, received_at } = submission;
    const api: IntakeApi<CallContext> = dialects.find(({ name }) => name === dialect) ?? native;
    const caller = { ...(await senderOf(workspaceId, token_id, dialect)), rights, visibility };
    const referenceData = await dataOf(workspaceId);
    const { endpoint, params } = findEndpoint(api, submission);
    const { wire, readings } = readByRules(await wireOf(api, submission, body, params), referenceData, caller);
    const checked = endpoint?.validate?.(wire) ?? wire;
    const context = { caller, referenceData, region: caller.region, now: received_at };
    // Faults were logged for the live request; a replay reports them in its result.
    const request = isProblem(checked) ? checked : readRequest(endpoint, checked, context, () => {});
    const refuse: Arrival['words']['refuse'] = (problem) =>
      endpoint?.refuse?.(problem) ?? api.refuse(problem, submission.id);
    return { caller, referenceData, request, readings, words: wordsFor({ endpoint, refuse }, wire, request, context) };
  };
}

async function wireOf(
  api: Pick<IntakeApi, 'bodies'>,
  { method, path, query, headers }: Submission,
  body: Buffer | null,
  params: Record<string, string>,
): Promise<Wire> {
  const decoded = await decodeBody(body ?? Buffer.alloc(0), headers, api.bodies);
  return { method, path, params, query: parseQuery(query) ?? [], headers, ...decoded };
}

function findEndpoint({ endpoints }: IntakeApi<CallContext>, { method, path }: Submission) {
  const sent = partsOf(path);
  for (const endpoint of endpoints) {
    const params = endpoint.methods.some((one) => one === method) && match(endpoint, sent);
    if (params) return { endpoint, params };
  }
  return { endpoint: undefined, params: {} };
}

function match(endpoint: Pick<Endpoint, 'path'>, sent: readonly string[]): Record<string, string> | undefined {
  const pattern = partsOf(endpoint.path);
  if (pattern.length !== sent.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
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
