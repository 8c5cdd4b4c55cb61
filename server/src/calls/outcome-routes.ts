import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { listOf, wholeList } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound, type OwnConflict, orNotFound, Refused } from '../http/refused.ts';
import { changing, contextOf, renew, renewed } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { bodyShape, numberOrNull, oneOf, textOrNull, viewShape } from '../http/shapes.ts';
import { isConflict } from '../platform/database/database-errors.ts';
import { type Issue, invalid } from '../platform/problem.ts';
import type { CallEnding, ReferenceData } from '../workspaces/reference-data.ts';
import { addOutcome, type OutcomeValues, orderOutcomes, removeOutcome, saveOutcome } from './outcome-store.ts';

const YEAR_OF_MINUTES = 525_600;
const whole = (description: string, maximum: number) =>
  numberOrNull(description, { type: ['integer', 'null'], minimum: 1, maximum });
const fields = {
  meaning: oneOf(
    ['done', 'retry', 'callback', 'do_not_call'],
    'What follows: nothing, a retry after retry_minutes, a call at an agreed time, or no further calls ever.',
  ),
  reached: Type.Boolean({ description: 'Whether someone was reached.' }),
  retry_minutes: whole('Minutes before the call is retried. Defaults to 60.', YEAR_OF_MINUTES),
  max_attempts: whole('The call is given up after this many attempts.', 1000),
  status_id: textOrNull('Status given to the lead, unless it is further along already.'),
  lost_reason_id: textOrNull(
    'Why the lead is lost, if that status counts as lost. If none is set, the caller chooses one.',
  ),
  asks_next_step: Type.Boolean({ description: 'Whether the web app asks for the next step of the lead.' }),
};
const name = Type.String({ minLength: 1, maxLength: 100, description: 'Name; must be unique.' });

const outcomeView = viewShape('CallOutcomeView', 'A way a call can end, and what follows from it.', {
  id: Type.String(),
  name: Type.String(),
  ...fields,
});
const optional = {
  reached: Type.Optional(fields.reached),
  retry_minutes: Type.Optional(fields.retry_minutes),
  max_attempts: Type.Optional(fields.max_attempts),
  status_id: Type.Optional(fields.status_id),
  lost_reason_id: Type.Optional(fields.lost_reason_id),
  asks_next_step: Type.Optional(fields.asks_next_step),
};
const outcomeCreate = bodyShape('CallOutcomeCreate', 'A way a call can end, and what follows from it.', {
  name,
  meaning: fields.meaning,
  ...optional,
});
const outcomePatch = bodyShape('CallOutcomePatch', 'Fields that are omitted stay unchanged.', {
  name: Type.Optional(name),
  meaning: Type.Optional(fields.meaning),
  ...optional,
});
const outcomeOrder = bodyShape('CallOutcomeOrder', 'Call outcomes in the order agents see them.', {
  ids: Type.Array(Type.String(), { maxItems: 200 }),
});

const { route, writeRoute } = routesAbout('Reference data');
const taken: OwnConflict = { kind: 'own_conflict', code: 'name_taken', detail: 'This name is already taken.' };

/** Routes of `/v1/call-outcomes`. */
export function outcomeRoutes(scope: ApiScope, api: ApiContext): void {
  const all = listOf(outcomeView.ref, 'All outcomes, in the order agents see them.');
  scope.get('/call-outcomes', route('read settings', 'List call outcomes', { 200: all }), async (request) =>
    wholeList(contextOf(request).referenceData.all('call_outcome').map(viewOutcome)),
  );
  scope.put(
    '/call-outcomes/order',
    writeRoute('administer', 'Reorder call outcomes', { body: outcomeOrder.ref, 200: all }),
    async (request) => {
      const ids = request.body.ids.map((id) => idOrNotFound('outcome', id));
      await changing(api, request, (tx) => orderOutcomes(tx, ids));
      return wholeList((await renewed(api, request)).all('call_outcome').map(viewOutcome));
    },
  );
  addWriting(scope, api);
}

function addWriting(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/call-outcomes',
    writeRoute('administer', 'Create a call outcome', { body: outcomeCreate.ref, 201: outcomeView.ref, or: [409] }),
    async (request, reply) => {
      const values = checked({ ...blank, ...request.body }, contextOf(request).referenceData);
      const id = await changing(api, request, (tx) => addOutcome(tx, values));
      if (id === undefined) throw new Refused(taken);
      return reply.code(201).send(shown(id, await renewed(api, request)));
    },
  );
  scope.patch(
    '/call-outcomes/:id',
    writeRoute('administer', 'Update a call outcome', {
      params: oneId,
      body: outcomePatch.ref,
      200: outcomeView.ref,
      or: [409],
    }),
    async (request) => {
      const id = idOrNotFound('outcome', request.params.id);
      const { referenceData } = contextOf(request);
      const values = checked({ ...shown(id, referenceData), ...request.body }, referenceData);
      await changing(api, request, (tx) => saveOutcome(tx, id, values)).catch((error: unknown) => {
        throw isConflict(error) ? new Refused(taken) : error;
      });
      return shown(id, await renewed(api, request));
    },
  );
  scope.delete(
    '/call-outcomes/:id',
    writeRoute('administer', 'Delete a call outcome', {
      about: 'Calls that ended with it keep its name.',
      params: oneId,
      204: 'Deleted.',
    }),
    async (request, reply) => {
      const id = idOrNotFound('outcome', request.params.id);
      if (!(await changing(api, request, (tx) => removeOutcome(tx, id)))) throw notFound();
      await renew(api, request);
      return reply.code(204).send();
    },
  );
}

const blank = {
  reached: false,
  retry_minutes: null,
  max_attempts: null,
  status_id: null,
  lost_reason_id: null,
  asks_next_step: false,
};

function checked(values: OutcomeValues, referenceData: ReferenceData): OutcomeValues {
  const issues: Issue[] = [];
  if (values.name.trim() === '') issues.push({ at: 'name', code: 'required' });
  if (values.status_id && !referenceData.get('status', values.status_id))
    issues.push({ at: 'status_id', code: 'unknown_reference' });
  if (values.lost_reason_id && !referenceData.get('lost_reason', values.lost_reason_id))
    issues.push({ at: 'lost_reason_id', code: 'unknown_reference' });
  if (issues.length > 0) throw new Refused(invalid(...issues));
  return { ...values, name: values.name.trim() };
}

function viewOutcome(outcome: CallEnding): Static<typeof outcomeView.schema> {
  const { id, name, meaning, reached, retry_minutes, max_attempts, status_id, lost_reason_id, asks_next_step } =
    outcome;
  return { id, name, meaning, reached, retry_minutes, max_attempts, status_id, lost_reason_id, asks_next_step };
}

function shown(id: string, referenceData: ReferenceData): Static<typeof outcomeView.schema> {
  const outcome = orNotFound(referenceData.get('call_outcome', id));
  return viewOutcome(outcome);
}
