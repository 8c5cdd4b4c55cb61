import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { listOf, pageQuery, readPage } from '../../http/list.ts';
import { replies } from '../../http/replies.ts';
import { contextOf, inWorkspace } from '../../http/request-context.ts';
import { closed, instant, oneOf, shape } from '../../http/shapes.ts';
import { type AuditRow, auditActions, listAudit } from '../../workspaces/audit/audit-store.ts';
import { auditSentence, nameOfActor } from '../../workspaces/audit/audit-words.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';

const action = oneOf(auditActions, 'What was done.');

const auditView = shape(
  'AuditView',
  Type.Object(
    {
      id: Type.String(),
      at: instant('When.'),
      actor: Type.String({ description: 'Who: member:<id>, token:<id>, cli (the command line) or nobody.' }),
      actor_name: Type.String({ description: 'Who, by name.' }),
      action,
      text: Type.String({ description: 'The same as a sentence.' }),
      detail: Type.Object({}, { additionalProperties: true, description: 'The particulars. Nothing secret.' }),
    },
    { description: 'Who did what.' },
  ),
);

/** `/v1/audit-log`. */
export function auditRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/audit-log',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Read the audit log',
        tags: ['Audit log'],
        querystring: closed({
          ...pageQuery,
          actor: Type.Optional(Type.String({ maxLength: 100, description: 'member:<id>, token:<id> ...' })),
          action: Type.Optional(action),
        }),
        response: replies({ 200: listOf(auditView.ref, 'Entries, the newest first.') }),
      },
    },
    (request) => {
      const { actor, action: of, ...page } = request.query;
      const { referenceData } = contextOf(request);
      return readPage(
        page,
        (limit, after) => inWorkspace(api, request, (tx) => listAudit(tx, limit, { after, actor, action: of })),
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
