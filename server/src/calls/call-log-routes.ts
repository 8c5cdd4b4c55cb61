import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound } from '../http/refused.ts';
import { leadId, nothing, replies, writeReplies } from '../http/replies.ts';
import { changing, contextOf, inWorkspace } from '../http/request-context.ts';
import { closed, instant, oneOf, shape, textOrNull } from '../http/shapes.ts';
import { LONGEST_TEXT } from '../leads/fields.ts';
import { getLead } from '../leads/lead-store.ts';
import { timeOfId } from '../platform/ids.ts';
import { agentContextOf, readTold } from './agent-context.ts';
import { listHeldCalls } from './held-store.ts';
import { logCall } from './log-call.ts';

const LONGEST_CALL = 86_400;

const callLogged = shape(
  'CallLogged',
  closed(
    {
      outcome: Type.Optional(
        Type.String({ minLength: 1, maxLength: 200, description: 'What came of it, in your words. Nothing follows.' }),
      ),
      outcome_id: Type.Optional(
        Type.String({
          maxLength: 200,
          description:
            'Or one of the outcomes of the workspace, by id or name: what it means follows, as for a call of the queue.',
        }),
      ),
      callback_at: Type.Optional(
        Type.String({ format: 'date-time', description: 'When to call again; due for an outcome that means so.' }),
      ),
      lost_reason: Type.Optional(
        textOrNull('Why the lead is lost, by name or id; due when the outcome means that.', { maxLength: 1000 }),
      ),
      note: Type.Optional(textOrNull('What was said.', { maxLength: LONGEST_TEXT })),
      talk_seconds: Type.Optional(
        Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0, maximum: LONGEST_CALL }),
      ),
    },
    'A call that was made by hand.',
  ),
);

const presenceView = shape(
  'LeadPresence',
  Type.Object(
    {
      held: Type.Array(
        Type.Object({
          name: Type.String({ description: 'Who has it.' }),
          state: oneOf(['claimed', 'on_call'], 'Is about to call the lead, or speaks with it.'),
          since: instant('Since when.'),
        }),
      ),
    },
    { description: 'Who is busy with a lead at the moment.' },
  ),
);

const tags = ['Leads'];

/** A lead's calls that were made by hand, and who is on a call with it. */
export function callLogRoutes(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/leads/:id/call-log',
    {
      config: { policy: 'work leads' },
      schema: {
        summary: 'Keep a call that was made by hand',
        tags,
        params: leadId,
        body: callLogged.ref,
        response: writeReplies({ 204: nothing("It is on the lead's timeline.") }, [404, 409]),
      },
    },
    async (request, reply) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      const { talk_seconds, ...said } = request.body;
      const agentContext = agentContextOf(request);
      const told = readTold({ ...said, ...(typeof talk_seconds === 'number' && { talk_seconds }) }, agentContext);
      await changing(api, request, (tx) => logCall(tx, id, told, agentContext));
      return reply.code(204).send();
    },
  );
  scope.get(
    '/leads/:id/presence',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'Who is busy with a lead at the moment',
        tags,
        params: leadId,
        response: replies({ 200: presenceView.ref }, [404]),
      },
    },
    async (request) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      const { at } = contextOf(request);
      const calls = await inWorkspace(api, request, async (tx) => {
        if (!(await getLead(tx, id))) throw notFound('lead');
        return listHeldCalls(tx, id, at);
      });
      const held = calls.map(({ claimed_by, claim_id, started_at }) => ({
        name: claimed_by,
        state: started_at ? ('on_call' as const) : ('claimed' as const),
        since: (started_at ?? timeOfId(claim_id)).toISOString(),
      }));
      return { held };
    },
  );
}
