import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound } from '../http/refused.ts';
import { changing, contextOf, reading } from '../http/request-context.ts';
import { leadId, routesAbout } from '../http/route.ts';
import { bodyShape, instant, oneOf, textOrNull, viewShape } from '../http/shapes.ts';
import { LONGEST_TEXT } from '../leads/fields.ts';
import { getLead } from '../leads/lead-store.ts';
import { timeOfId } from '../platform/ids.ts';
import { agentContextOf, readTold } from './agent-context.ts';
import { callNextStep } from './call-shapes.ts';
import { listHeldCalls } from './claimed-calls-store.ts';
import { logCall } from './log-call.ts';
import { undoOutcome } from './undo-outcome.ts';

const MAX_CALL = 86_400;

const callLogged = bodyShape('CallLogCreate', 'A call that was made by hand.', {
  outcome: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'Outcome in your own words. It has no consequences.',
    }),
  ),
  outcome_id: Type.Optional(
    Type.String({
      maxLength: 200,
      description:
        "One of the workspace's call outcomes, by id or name. Its consequences apply as they do for a queued call.",
    }),
  ),
  callback_at: Type.Optional(
    Type.String({
      format: 'date-time',
      description: 'When to call again. Required for outcomes whose meaning is a callback.',
    }),
  ),
  lost_reason: Type.Optional(
    textOrNull('Why the lead was lost, by name or id. Required when the outcome marks the lead as lost.', {
      maxLength: 1000,
    }),
  ),
  note: Type.Optional(textOrNull('Note about the conversation.', { maxLength: LONGEST_TEXT })),
  talk_seconds: Type.Optional(Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0, maximum: MAX_CALL })),
  next_step: Type.Optional(callNextStep),
});

const presenceView = viewShape('LeadPresence', 'Who is working on a lead at the moment.', {
  held: Type.Array(
    Type.Object({
      name: Type.String({ description: 'Name of the agent.' }),
      state: oneOf(['claimed', 'on_call'], 'Whether the agent is about to call the lead or is talking to them.'),
      since: instant('When this state began.'),
    }),
  ),
});

const { route, writeRoute } = routesAbout('Leads');

/** Routes for a lead's manually logged calls, and for seeing who is on a call with the lead. */
export function callLogRoutes(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/leads/:id/call-log',
    writeRoute('work leads', 'Log a call that was made by hand', {
      params: leadId,
      body: callLogged.ref,
      204: "Recorded on the lead's timeline.",
      or: [409],
    }),
    async (request, reply) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      const { talk_seconds, ...said } = request.body;
      const agentContext = agentContextOf(request);
      const told = readTold({ ...said, ...(typeof talk_seconds === 'number' && { talk_seconds }) }, agentContext);
      await changing(api, request, (tx) => logCall(tx, id, told, agentContext));
      return reply.code(204).send();
    },
  );
  scope.post(
    '/leads/:id/calls/undo',
    writeRoute('work leads', 'Undo the last outcome of a call', {
      about: [
        "Undoes the last outcome that you reported for the lead's calls, within an hour, together with everything that",
        'followed from it: the new status, the note, the next step, the next attempt, and do-not-call. The call returns',
        "to its place in the queue. Refused if the lead's status has changed since.",
      ].join(' '),
      params: leadId,
      204: 'Undone.',
      or: [409],
    }),
    async (request, reply) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      await changing(api, request, (tx) => undoOutcome(tx, id, agentContextOf(request)));
      return reply.code(204).send();
    },
  );
  scope.get(
    '/leads/:id/presence',
    route('read leads', 'Get the agents working on a lead', { params: leadId, 200: presenceView.ref }),
    async (request) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      const { at } = contextOf(request);
      const calls = await reading(api, request, async (tx) => {
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
