import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { idOf, idOrNotFound } from '../api/ids.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { oneId, replies, writeReplies } from '../api/replies.ts';
import { actorIn, inWorkspace, visitorOf } from '../api/visitor.ts';
import { listOf, pageQuery, readPage } from '../platform/http/list.ts';
import { notFound, Refused } from '../platform/http/refused.ts';
import { closed, oneOf } from '../platform/http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import type { Ending } from './journal-store.ts';
import { replay } from './replay.ts';
import { MOST_REPLAYED, replayManyRequest, replayManyResult, replayRequest, replayResult } from './replay-shapes.ts';
import { outcomes } from './result.ts';
import { getSubmission, listReplays, listSubmissions } from './submission-store.ts';
import { submissionPage, submissionView, viewSubmission, viewSubmissionPage } from './submission-view.ts';

const tags = ['Submissions'];

/** `/v1/submissions`: the journal, and trying kept requests again. */
export function submissionRoutes(scope: ApiScope, parts: ApiParts): void {
  addReading(scope, parts);
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
      const { dry_run = false, body } = request.body;
      const id = idOrNotFound('sub', request.params.id);
      const ended = await tryAgain(id, { dryRun: dry_run, body }, request, parts);
      if (isProblem(ended)) throw new Refused(ended);
      return {
        outcome: ended.outcome,
        status_code: ended.reply.status,
        answer: ended.withheld ? '' : ended.reply.text,
        lead_id: ended.lead_id && !dry_run ? typeId('lead', ended.lead_id) : null,
        problem: ended.problem ?? null,
        dry_run,
      };
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
    (request) => replayMany(request.body, request, parts),
  );
}

function addReading(scope: ApiScope, parts: ApiParts): void {
  scope.get(
    '/submissions',
    {
      config: { policy: 'read journal' },
      schema: {
        summary: 'List requests received',
        description: 'Every authenticated request of every dialect, newest first.',
        tags,
        querystring: closed({
          outcome: Type.Optional(oneOf(outcomes, 'Only those that ended so.')),
          dialect: Type.Optional(Type.String({ maxLength: 100, description: 'Only those that came by this API.' })),
          lead_id: Type.Optional(Type.String({ maxLength: 100, description: 'Only those that led to this lead.' })),
          ...pageQuery,
        }),
        response: replies({ 200: listOf(submissionView.ref, 'Requests, newest first.') }),
      },
    },
    (request) => {
      const { outcome, dialect, lead_id } = request.query;
      const leadId = lead_id === undefined ? undefined : idOf('lead', lead_id);
      const filter = { ...(outcome && { outcome }), ...(dialect && { dialect }), ...(leadId && { lead_id: leadId }) };
      const nobodys = lead_id !== undefined && leadId === undefined;
      return readPage(
        request.query,
        async (limit, after) =>
          nobodys ? [] : inWorkspace(parts, request, (tx) => listSubmissions(tx, filter, limit, after)),
        viewSubmission,
      );
    },
  );
  scope.get(
    '/submissions/:id',
    {
      config: { policy: 'read journal' },
      schema: {
        summary: 'Read a request with its answer',
        tags,
        params: oneId,
        response: replies({ 200: submissionPage.ref }, [404]),
      },
    },
    async (request) => {
      const id = idOrNotFound('sub', request.params.id);
      return inWorkspace(parts, request, async (tx) => {
        const submission = await getSubmission(tx, id);
        if (!submission) throw notFound();
        return viewSubmissionPage(submission, await listReplays(tx, id));
      });
    },
  );
}

function tryAgain(
  id: string,
  { dryRun, body }: { dryRun: boolean; body?: string | undefined },
  request: FastifyRequest,
  parts: ApiParts,
): Promise<Ending | Problem> {
  const { caller, at } = visitorOf(request);
  return replay(
    caller.workspace_id,
    id,
    { actor: actorIn(request), now: at, dryRun, ...(body !== undefined && { editedBody: Buffer.from(body) }) },
    parts,
  );
}

type Tried = Static<typeof replayManyResult.schema>['results'][number];

/** One after the other, oldest first, as their senders sent them. One that cannot be tried does not stop the rest. */
async function replayMany(
  { outcome, dialect, ids, dry_run = false }: Static<typeof replayManyRequest.schema>,
  request: FastifyRequest,
  parts: ApiParts,
): Promise<Static<typeof replayManyResult.schema>> {
  const wanted = ids ?? (await findReplayable({ outcome, dialect }, request, parts));
  const results: Tried[] = [];
  for (const sent of wanted) {
    const id = idOf('sub', sent);
    const ended =
      id === undefined
        ? ({ kind: 'not_found', what: 'record' } as const)
        : await tryAgain(id, { dryRun: dry_run }, request, parts);
    results.push(
      isProblem(ended)
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
  { outcome, dialect }: { outcome?: string | undefined; dialect?: string | undefined },
  request: FastifyRequest,
  parts: ApiParts,
): Promise<string[]> {
  const endings = outcome ? [outcome] : ['refused', 'failed'];
  const found = await inWorkspace(parts, request, async (tx) => {
    const lists = [];
    for (const one of endings)
      lists.push(...(await listSubmissions(tx, { outcome: one, ...(dialect && { dialect }) }, MOST_REPLAYED)));
    return lists;
  });
  return found
    .map(({ id }) => id)
    .sort()
    .slice(0, MOST_REPLAYED);
}
