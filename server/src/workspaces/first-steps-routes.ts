import Type from 'typebox';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { nothing, replies, writeReplies } from '../api/replies.ts';
import { changing, inWorkspace, visitorOf } from '../api/visitor.ts';
import { oneOf, shape } from '../platform/http/shapes.ts';
import type { Book } from './book.ts';
import { firstStatuses } from './first-data.ts';
import { type FirstStepFacts, findFirstSteps, putFirstStepsAway } from './first-steps-store.ts';

const names = ['connect', 'lead', 'statuses', 'people'] as const;
const firstStepsView = shape(
  'FirstStepsView',
  Type.Object(
    {
      steps: Type.Array(
        Type.Object({
          name: oneOf(
            names,
            'connect: a token that is used; lead: one that is no sample; statuses of one’s own; people besides the owner.',
          ),
          done: Type.Boolean(),
        }),
        { description: 'In the order in which they are best done.' },
      ),
      put_away: Type.Boolean({ description: 'true: nobody wants to see them any more.' }),
    },
    { description: 'How far a new workspace has come.' },
  ),
);
const tags = ['Workspace'];

/** `/v1/first-steps`. */
export function firstStepsRoutes(scope: ApiScope, parts: ApiParts): void {
  scope.get(
    '/first-steps',
    {
      config: { policy: 'administer' },
      schema: { summary: 'Read the first steps', tags, response: replies({ 200: firstStepsView.ref }) },
    },
    async (request) => {
      const facts = await inWorkspace(parts, request, findFirstSteps);
      return { steps: stepsOf(facts, visitorOf(request).book), put_away: facts.put_away };
    },
  );
  scope.post(
    '/first-steps/put-away',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Put the first steps away',
        tags,
        response: writeReplies({ 204: nothing('They are put away.') }),
      },
    },
    async (request, reply) => {
      await changing(parts, request, (tx) => putFirstStepsAway(tx, visitorOf(request).at));
      return reply.code(204).send(null);
    },
  );
}

function stepsOf(facts: FirstStepFacts, book: Book) {
  const done = {
    connect: facts.is_connected,
    lead: facts.has_lead,
    statuses: !isAsMade(book),
    people: facts.has_colleague,
  };
  return names.map((name) => ({ name, done: done[name] }));
}

/** Nobody has touched the statuses: names and colours are those that every workspace begins with. */
function isAsMade(book: Book): boolean {
  const kept = book.all('status');
  return (
    kept.length === firstStatuses.length &&
    firstStatuses.every(({ name, colour }) => kept.some((status) => status.name === name && status.colour === colour))
  );
}
