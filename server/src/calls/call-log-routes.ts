import Type from 'typebox';
import { idOrNotFound } from '../api/ids.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { leadId, nothing, replies, writeReplies } from '../api/replies.ts';
import { blankless } from '../api/text.ts';
import { actorIn, changing, inWorkspace, visitorOf } from '../api/visitor.ts';
import { LONGEST_TEXT } from '../leads/fields.ts';
import { getLead } from '../leads/lead-store.ts';
import { notFound, Refused } from '../platform/http/refused.ts';
import { closed, instant, oneOf, shape, textOrNull } from '../platform/http/shapes.ts';
import { timeOfId } from '../platform/ids.ts';
import { invalid } from '../platform/problem.ts';
import { listHeldCalls } from './held-store.ts';
import { logCall } from './log-call.ts';

const LONGEST_CALL = 86_400;

const callLogged = shape(
  'CallLogged',
  closed(
    {
      outcome: Type.String({ minLength: 1, maxLength: 200, description: 'What came of it, in your words.' }),
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
export function callLogRoutes(scope: ApiScope, parts: ApiParts): void {
  scope.post(
    '/leads/:id/call-log',
    {
      config: { policy: 'work leads' },
      schema: {
        summary: 'Keep a call that was made by hand',
        tags,
        params: leadId,
        body: callLogged.ref,
        response: writeReplies({ 204: nothing("It is on the lead's timeline.") }, [404]),
      },
    },
    async (request, reply) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      const { caller, at } = visitorOf(request);
      const { note, talk_seconds = null } = request.body;
      const outcome = blankless(request.body.outcome);
      if (outcome === undefined) throw new Refused(invalid({ at: 'outcome', code: 'required' }));
      const call = { outcome, note: blankless(note) ?? null, talkSeconds: talk_seconds };
      await changing(parts, request, (tx) => logCall(tx, id, call, { actor: actorIn(request), at }));
      parts.live.tell(caller.workspace_id, 'leads', id);
      parts.live.tell(caller.workspace_id, 'calls', id);
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
      const { at } = visitorOf(request);
      const calls = await inWorkspace(parts, request, async (tx) => {
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
