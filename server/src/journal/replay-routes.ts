import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { ApiScope } from '../http/api-context.ts';
import { idOf, idOrNotFound } from '../http/path-ids.ts';
import { Refused } from '../http/refused.ts';
import { oneId, writeReplies } from '../http/replies.ts';
import { actorIn, contextOf, inWorkspace } from '../http/request-context.ts';
import { typeId } from '../platform/ids.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import { redactSecrets } from '../platform/redact/redact-secrets.ts';
import type { JournalContext } from './replay.ts';
import { type Replayed, type ReplayOptions, replay } from './replay.ts';
import { MOST_REPLAYED, replayManyRequest, replayManyResult, replayRequest, replayResult } from './replay-shapes.ts';
import { listSubmissionIds } from './submission-list-store.ts';
import { getSubmission } from './submission-store.ts';
import { detailOf, rehearsalWords } from './submission-words.ts';

const tags = ['Submissions'];

/** `/v1/submissions/.../replay`: kept requests tried again, one or a few at once. */
export function replayRoutes(scope: ApiScope, api: JournalContext): void {
  scope.post(
    '/submissions/:id/replay',
    {
      config: { policy: 'replay requests' },
      schema: {
        summary: 'Try a kept request again',
        description: 'What its sender was told stays as it was. A request whose lead was taken is not taken twice.',
        tags,
        params: oneId,
        body: replayRequest.ref,
        response: writeReplies({ 200: replayResult.ref }, [404, 409]),
      },
    },
    async (request) => {
      const { dry_run: dryRun = false, body, query } = request.body;
      const id = idOrNotFound('sub', request.params.id);
      const edited = {
        ...(body !== undefined && { editedBody: Buffer.from(redactSecrets(body, [])) }),
        ...(query !== undefined && { editedQuery: redactSecrets(query, []) }),
      };
      const ended = await tryAgain(id, { dryRun, ...edited }, request, api);
      if (isProblem(ended)) throw new Refused(ended);
      return viewReplayed(ended, dryRun);
    },
  );
  scope.post(
    '/submissions/replay',
    {
      config: { policy: 'replay requests' },
      schema: {
        summary: 'Try many kept requests again',
        tags,
        body: replayManyRequest.ref,
        response: writeReplies({ 200: replayManyResult.ref }),
      },
    },
    (request) => replayMany(request.body, request, api),
  );
}

function viewReplayed(ended: Replayed, dryRun: boolean): Static<typeof replayResult.schema> {
  const { outcome, lead_name } = ended;
  const problem = ended.problem ?? null;
  // A lead that a dry run made is gone again.
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
  const { caller, at, visibility } = contextOf(request);
  // Trying again sees everything, so a member who does not is asked here.
  if (visibility && !(await inWorkspace(api, request, (tx) => getSubmission(tx, id))))
    return { kind: 'not_found', what: 'record' };
  return replay(caller.workspace_id, id, { actor: actorIn(request), now: at, ...options }, api);
}

type Tried = Static<typeof replayManyResult.schema>['results'][number];

/** One after the other, oldest first, as their senders sent them. One that cannot be tried does not stop the rest. */
async function replayMany(
  { outcome, dialect, ids, dry_run = false }: Static<typeof replayManyRequest.schema>,
  request: FastifyRequest,
  api: JournalContext,
): Promise<Static<typeof replayManyResult.schema>> {
  const wanted = ids ?? (await findReplayable({ outcome, dialect }, request, api));
  const results: Tried[] = [];
  for (const sent of wanted) {
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
  const found = await inWorkspace(api, request, (tx) => listSubmissionIds(tx, filter, MOST_REPLAYED));
  return found.reverse();
}
