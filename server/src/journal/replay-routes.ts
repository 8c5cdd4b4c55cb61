import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { ApiScope } from '../http/api-context.ts';
import { idOf, idOrNotFound } from '../http/path-ids.ts';
import { Refused } from '../http/refused.ts';
import { contextOf, reading } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { typeId } from '../platform/ids.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import { redact } from '../platform/redact/redact.ts';
import type { JournalContext } from './replay.ts';
import { type Replayed, type ReplayOptions, replay } from './replay.ts';
import { MOST_REPLAYED, replayManyRequest, replayManyResult, replayRequest, replayResult } from './replay-shapes.ts';
import { listSubmissionIds } from './submission-list-store.ts';
import { detailOf, rehearsalWords } from './submission-words.ts';

const { writeRoute } = routesAbout('Submissions');
const noNames = { query: [], body: [] };

/** `/v1/submissions/.../replay`: replays stored requests, one or a few at once. */
export function replayRoutes(scope: ApiScope, api: JournalContext): void {
  scope.post(
    '/submissions/:id/replay',
    writeRoute('replay requests', 'Replay a stored request', {
      about: 'The response its sender received is unchanged. A request that was accepted cannot be replayed.',
      params: oneId,
      body: replayRequest.ref,
      200: replayResult.ref,
      or: [409],
    }),
    async (request) => {
      const { dry_run: dryRun = false, body, query } = request.body;
      const id = idOrNotFound('sub', request.params.id);
      const sent = { path: '', query: query ?? '', headers: {}, body: Buffer.from(body ?? '') };
      const safe = redact(sent, { secrets: [], names: noNames });
      const edited = {
        ...(body !== undefined && { editedBody: safe.body }),
        ...(query !== undefined && { editedQuery: safe.query }),
      };
      const ended = await tryAgain(id, { dryRun, ...edited }, request, api);
      if (isProblem(ended)) throw new Refused(ended);
      return viewReplayed(ended, dryRun);
    },
  );
  scope.post(
    '/submissions/replay',
    writeRoute('replay requests', 'Replay many stored requests', {
      body: replayManyRequest.ref,
      200: replayManyResult.ref,
    }),
    (request) => replayMany(request.body, request, api),
  );
}

function viewReplayed(ended: Replayed, dryRun: boolean): Static<typeof replayResult.schema> {
  const { outcome, lead_name } = ended;
  const problem = ended.problem ?? null;
  // The lead created by a dry run no longer exists.
  const stays = !dryRun || outcome === 'merged' || outcome === 'duplicate';
  return {
    outcome,
    status_code: ended.reply.status,
    answer: ended.withheld ? '' : ended.reply.text,
    detail: dryRun
      ? rehearsalWords({ outcome, problem, lead_name })
      : detailOf({ outcome, problem, lead_name, command: null }),
    lead_id: ended.lead_id && stays ? typeId('lead', ended.lead_id) : null,
    lead_name,
    problem,
    dry_run: dryRun,
  };
}

async function tryAgain(
  id: string,
  options: Pick<ReplayOptions, 'dryRun' | 'editedBody' | 'editedQuery'>,
  request: FastifyRequest,
  api: JournalContext,
): Promise<Replayed | Problem> {
  const { caller, at } = contextOf(request);
  return replay(caller.workspace_id, id, { by: caller, now: at, ...options }, api);
}

type Tried = Static<typeof replayManyResult.schema>['results'][number];

/**
 * Replays requests one after the other, oldest first, on behalf of their senders. One that fails does not stop the
 * others.
 */
async function replayMany(
  { outcome, dialect, ids, dry_run = false }: Static<typeof replayManyRequest.schema>,
  request: FastifyRequest,
  api: JournalContext,
): Promise<Static<typeof replayManyResult.schema>> {
  const selected = ids ?? (await findReplayable({ outcome, dialect }, request, api));
  const results: Tried[] = [];
  for (const sent of selected) {
    const id = idOf('sub', sent);
    const ended = id && (await tryAgain(id, { dryRun: dry_run }, request, api));
    results.push(
      !ended || isProblem(ended)
        ? { id: sent, outcome: 'skipped', status_code: null, lead_id: null }
        : {
            id: sent,
            outcome: ended.outcome,
            status_code: ended.reply.status,
            lead_id: ended.lead_id && !dry_run ? typeId('lead', ended.lead_id) : null,
          },
    );
  }
  const counts = new Map<string, number>();
  for (const { outcome: ending } of results) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  return { tried: results.length, outcomes: Object.fromEntries(counts), results };
}

async function findReplayable(
  { outcome, dialect }: Pick<Static<typeof replayManyRequest.schema>, 'outcome' | 'dialect'>,
  request: FastifyRequest,
  api: JournalContext,
): Promise<string[]> {
  const outcomes = outcome ? [outcome] : (['refused', 'failed'] as const);
  const filter = { outcomes, dismissed: false, ...(dialect && { dialect }) };
  const found = await reading(api, request, (tx) => listSubmissionIds(tx, filter, MOST_REPLAYED));
  return found.reverse();
}
