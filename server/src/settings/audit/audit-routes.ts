import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { listOf, pageQuery, readPage } from '../../http/list.ts';
import { contextOf, reading } from '../../http/request-context.ts';
import { routesAbout } from '../../http/route.ts';
import { closed, instant, oneOf, viewShape } from '../../http/shapes.ts';
import { filterContextOf } from '../../leads/list/filter-context.ts';
import { endIn, instantIn } from '../../leads/list/filter-values.ts';
import { type AuditRow, auditActions, listAudit } from '../../workspaces/audit/audit-store.ts';
import { auditSentence, nameOfActor } from '../../workspaces/audit/audit-words.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';

const moment = (what: string) =>
  Type.Optional(
    Type.String({ maxLength: 40, description: `${what} A day in the workspace's time zone, or a timestamp.` }),
  );

const action = oneOf(auditActions, 'The action.');

const auditView = viewShape('AuditView', 'An entry of the audit log.', {
  id: Type.String(),
  at: instant('When it happened.'),
  actor: Type.String({ description: 'Who did it: member:<id>, token:<id>, cli (the command line) or nobody.' }),
  actor_name: Type.String({
    description: "Display name of the actor: a member's name, or a description such as A token or The command line.",
  }),
  action,
  text: Type.String({ description: 'The entry as a sentence.' }),
  detail: Type.Object({}, { additionalProperties: true, description: 'Details of the action, without secrets.' }),
});

const { route } = routesAbout('Audit log');

/** `/v1/audit-log`: who changed what, and when. */
export function auditRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/audit-log',
    route('administer', 'List audit log entries', {
      querystring: closed({
        ...pageQuery,
        actor: Type.Optional(Type.String({ maxLength: 100, description: 'member:<id>, token:<id> ...' })),
        action: Type.Optional(action),
        from: moment('Entries at or after this time.'),
        to: moment('Entries before this time, or by the end of this day.'),
      }),
      200: listOf(auditView.ref, 'Entries, newest first.'),
    }),
    (request) => {
      const { actor, action: of, from, to, ...page } = request.query;
      const { referenceData } = contextOf(request);
      const context = filterContextOf(request);
      const by = {
        actor,
        action: of,
        from: from === undefined ? undefined : instantIn('from', from, context),
        to: to === undefined ? undefined : endIn('to', to, context),
      };
      return readPage(
        page,
        (limit, after) => reading(api, request, (tx) => listAudit(tx, limit, { ...by, after })),
        (row) => view(row, referenceData),
      );
    },
  );
}

function view(row: AuditRow, referenceData: ReferenceData): Static<typeof auditView.schema> {
  const { id, at, actor, action: of, detail } = row;
  const sentence = auditSentence(row, referenceData);
  return {
    id,
    at: at.toISOString(),
    actor,
    actor_name: nameOfActor(actor, referenceData),
    action: of,
    text: sentence,
    detail,
  };
}
