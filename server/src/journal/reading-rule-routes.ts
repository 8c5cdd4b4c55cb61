import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { auditRequest } from '../http/audit-request.ts';
import { listOf, wholeList } from '../http/list.ts';
import { idOf, idOrNotFound } from '../http/path-ids.ts';
import { orNotFound, Refused } from '../http/refused.ts';
import { actorIn, changingSettings, contextOf, reading } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { bodyShape, instant, textOrNull, viewShape } from '../http/shapes.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { fold } from '../platform/fold/fold.ts';
import { invalid } from '../platform/problem.ts';
import { nameOfActor } from '../workspaces/audit/audit-words.ts';
import { MOST_READING_RULES } from '../workspaces/reference/reading-rule.ts';
import {
  addReadingRule,
  listReadingRules,
  removeReadingRule,
  type StoredRule,
} from '../workspaces/reference/reading-rule-store.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';

import { getToken } from '../workspaces/tokens/token-store.ts';

const field = { description: 'Name of the field in the request: type, contact.type.' };
const value = { description: 'The value to replace; case and surrounding spaces are ignored.' };
const meaning = { description: 'The value to use instead.' };

const ruleView = viewShape('ReadingRuleView', 'A rule that replaces one value with another when requests are read.', {
  id: Type.String(),
  dialect: Type.String({ description: 'The API that the requests are made through.' }),
  token_id: textOrNull('The rule applies only to requests made with this token; null for any token.'),
  token_name: textOrNull('Name of that token.'),
  field: Type.String(field),
  value: Type.String(value),
  meaning: Type.String(meaning),
  created_by: Type.String({
    description: "Display name of the creator: a member's name, or a description such as A token.",
  }),
  created_at: instant('When it was created.'),
});
const ruleCreate = bodyShape(
  'ReadingRuleCreate',
  'A rule that replaces one value with another when requests are read.',
  {
    dialect: Type.String({ maxLength: 100, description: 'The API that the requests are made through; not native.' }),
    token_id: Type.Optional(textOrNull('Apply the rule only to requests made with this token.', { maxLength: 100 })),
    field: Type.String({ minLength: 1, maxLength: 1000, ...field }),
    value: Type.String({ minLength: 1, maxLength: 200, ...value }),
    meaning: Type.String({ minLength: 1, maxLength: 200, ...meaning }),
  },
);

const { route, writeRoute } = routesAbout('Submissions');

function view(rule: StoredRule, referenceData: ReferenceData): Static<typeof ruleView.schema> {
  const { actor, created_at, ...shown } = rule;
  return { ...shown, created_by: nameOfActor(actor, referenceData), created_at: created_at.toISOString() };
}

interface RuleContext extends ApiContext {
  dialects: readonly { name: string }[];
}

/** `/v1/reading-rules`: values that senders send, and what they mean here. */
export function readingRuleRoutes(scope: ApiScope, api: RuleContext): void {
  scope.get(
    '/reading-rules',
    route('read journal', 'List reading rules', { 200: listOf(ruleView.ref, 'All rules, newest first.') }),
    async (request) => {
      const rules = await reading(api, request, listReadingRules);
      return wholeList(rules.map((rule) => view(rule, contextOf(request).referenceData)));
    },
  );
  scope.post(
    '/reading-rules',
    writeRoute('administer', 'Create a reading rule', {
      about:
        'From now on the value is replaced before names are looked up. Requests are still stored as received. Requests that were refused earlier are not replayed automatically: see POST /v1/submissions/replays.',
      body: ruleCreate.ref,
      201: ruleView.ref,
      or: [409],
    }),
    async (request, reply) => {
      const { referenceData, at } = contextOf(request);
      const made = await changingSettings(api, request, async (tx) => {
        const rule = await addReadingRule(tx, await readRule(tx, request, api), { actor: actorIn(request), at });
        if (typeof rule === 'string') throw new Refused(refusals[rule]);
        await auditRequest(tx, request, 'reading_rule_made', detailOf(rule));
        return rule;
      });
      return reply.code(201).send(view(made, referenceData));
    },
  );
  scope.delete(
    '/reading-rules/:id',
    writeRoute('administer', 'Delete a reading rule', {
      about: 'Leads created with its help stay unchanged.',
      params: oneId,
      204: 'Deleted.',
    }),
    async (request, reply) => {
      const id = idOrNotFound('rule', request.params.id);
      await changingSettings(api, request, async (tx) => {
        const rule = orNotFound(await removeReadingRule(tx, id));
        await auditRequest(tx, request, 'reading_rule_removed', detailOf(rule));
      });
      return reply.code(204).send();
    },
  );
}

const refusals = {
  taken: {
    kind: 'own_conflict',
    code: 'name_taken',
    detail: 'There is already a rule for this value. Delete it first.',
  },
  full: {
    kind: 'own_conflict',
    code: 'too_much',
    detail: `The maximum of ${MOST_READING_RULES} rules has been reached.`,
  },
} as const;

/** Details of a rule for the audit log. */
function detailOf({ id, dialect, token_name, field: of, value: sent, meaning: means }: StoredRule) {
  return { id, dialect, ...(token_name && { token: token_name }), field: of, value: sent, meaning: means };
}

async function readRule(tx: Tx, request: FastifyRequest<{ Body: Static<typeof ruleCreate.schema> }>, api: RuleContext) {
  const { dialect, token_id: token, ...sent } = request.body;
  const rule = { dialect, field: sent.field.trim(), value: sent.value.trim(), meaning: sent.meaning.trim() };
  for (const at of ['field', 'value', 'meaning'] as const)
    if (rule[at] === '') throw new Refused(invalid({ at, code: 'required' }));
  const allowed = api.dialects.map(({ name }) => name);
  if (!allowed.includes(dialect))
    throw new Refused(invalid({ at: 'dialect', code: 'not_in_list', limits: { allowed } }));
  if (fold(rule.value) === fold(rule.meaning)) throw new Refused(invalid({ at: 'meaning', code: 'not_applicable' }));
  if (token === undefined || token === null) return { ...rule, token_id: null };
  const id = idOf('token', token);
  const found = id && (await getToken(tx, id));
  if (!found || found.dialect !== dialect) throw new Refused(invalid({ at: 'token_id', code: 'unknown_reference' }));
  return { ...rule, token_id: found.id };
}
