import Type, { type Static } from 'typebox';
import type { ApiParts, ApiScope } from '../../api/parts.ts';
import { replies } from '../../api/replies.ts';
import { inWorkspace, visitorOf } from '../../api/visitor.ts';
import { listOf, pageQuery, readPage } from '../../platform/http/list.ts';
import { closed, instant, oneOf, shape } from '../../platform/http/shapes.ts';
import type { Book } from '../book.ts';
import { type AuditRow, auditActions, listAudit } from './audit-store.ts';
import { auditSentence, nameOfActor } from './audit-words.ts';

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
export function auditRoutes(scope: ApiScope, parts: ApiParts): void {
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
      const { book } = visitorOf(request);
      return readPage(
        page,
        (limit, after) => inWorkspace(parts, request, (tx) => listAudit(tx, limit, { after, actor, action: of })),
        (row) => view(row, book),
      );
    },
  );
}

function view(row: AuditRow, book: Book): Static<typeof auditView.schema> {
  const { id, at, actor, action: of, detail } = row;
  const sentence = auditSentence(row, book);
  return { id, at: at.toISOString(), actor, actor_name: nameOfActor(actor, book), action: of, text: sentence, detail };
}
