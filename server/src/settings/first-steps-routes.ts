import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { changing, contextOf, reading } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { oneOf, viewShape } from '../http/shapes.ts';
import { firstStatuses } from '../workspaces/first-data.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { dismissFirstSteps, type FirstStepFacts, findFirstSteps } from './first-steps-store.ts';

const names = ['connect', 'lead', 'statuses', 'people'] as const;
const firstStepsView = viewShape('FirstStepsView', 'Progress in setting up a new workspace.', {
  steps: Type.Array(
    Type.Object({
      name: oneOf(
        names,
        'connect: a token has been used; lead: there is a lead that is not a sample; statuses: their names or colours have been changed; people: there are members besides the owner.',
      ),
      done: Type.Boolean(),
    }),
    { description: 'The steps, in the recommended order.' },
  ),
  dismissed: Type.Boolean({ description: 'Whether the first steps have been dismissed.' }),
});
const { route, writeRoute } = routesAbout('Workspace');

/** `/v1/first-steps`: what is left to set up in a new workspace. */
export function firstStepsRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/first-steps',
    route('administer', 'Get the first steps', { 200: firstStepsView.ref }),
    async (request) => {
      const facts = await reading(api, request, findFirstSteps);
      return { steps: stepsOf(facts, contextOf(request).referenceData), dismissed: facts.dismissed };
    },
  );
  scope.post(
    '/first-steps/dismiss',
    writeRoute('administer', 'Dismiss the first steps', { 204: 'Dismissed.' }),
    async (request, reply) => {
      await changing(api, request, (tx) => dismissFirstSteps(tx, contextOf(request).at));
      return reply.code(204).send(null);
    },
  );
}

function stepsOf(facts: FirstStepFacts, referenceData: ReferenceData) {
  const done = {
    connect: facts.is_connected,
    lead: facts.has_lead,
    statuses: !isAsMade(referenceData),
    people: facts.has_colleague,
  };
  return names.map((name) => ({ name, done: done[name] }));
}

/** Whether the statuses still have the names and colours of a new workspace. */
function isAsMade(referenceData: ReferenceData): boolean {
  const kept = referenceData.all('status');
  return (
    kept.length === firstStatuses.length &&
    firstStatuses.every(({ name, colour }) => kept.some((status) => status.name === name && status.colour === colour))
  );
}
