import Type, { type Static } from 'typebox';
import { idOrNotFound } from '../api/ids.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { nothing, oneId, replies, writeReplies } from '../api/replies.ts';
import { changing, inWorkspace, visitorOf } from '../api/visitor.ts';
import { listOf, wholeList } from '../platform/http/list.ts';
import { notFound, Refused } from '../platform/http/refused.ts';
import { closed, instant, oneOf, shape } from '../platform/http/shapes.ts';
import { invalid } from '../platform/problem.ts';
import {
  addCustomField,
  listCustomFields,
  removeCustomField,
  type StoredCustomField,
  setCustomFieldType,
} from './custom-field-store.ts';

const type = oneOf(['text', 'number', 'date', 'boolean'], 'What its values are. Fields that payloads bring are text.');
const tags = ['Reference data'];

const fieldView = shape(
  'CustomFieldView',
  Type.Object(
    {
      id: Type.String(),
      name: Type.String({ description: 'As it is called in `custom`, to the letter.' }),
      type,
      made_by: Type.String({ description: 'native: by hand. Else the dialect whose payload brought it.' }),
      created_at: instant('When it was made.'),
    },
    { description: 'A field of your own on leads.' },
  ),
);
const fieldCreate = shape(
  'CustomFieldCreate',
  closed(
    { name: Type.String({ minLength: 1, maxLength: 64 }), type: Type.Optional(type) },
    'A field of your own on leads.',
  ),
);
const fieldPatch = shape('CustomFieldPatch', closed({ type }, 'What leads hold of it stays as it is.'));

function view(field: StoredCustomField): Static<typeof fieldView.schema> {
  return { ...field, created_at: field.created_at.toISOString() };
}

/** `/v1/custom-fields`. */
export function customFieldRoutes(scope: ApiScope, parts: ApiParts): void {
  scope.get(
    '/custom-fields',
    {
      config: { policy: 'read settings' },
      schema: {
        summary: 'List custom fields',
        tags,
        response: replies({ 200: listOf(fieldView.ref, 'All custom fields.') }),
      },
    },
    async (request) => wholeList((await inWorkspace(parts, request, listCustomFields)).map(view)),
  );
  scope.post(
    '/custom-fields',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Add a custom field',
        tags,
        body: fieldCreate.ref,
        response: writeReplies({ 201: fieldView.ref }, [409]),
      },
    },
    async (request, reply) => {
      const { name, type: of = 'text' } = request.body;
      if (name.trim() === '') throw new Refused(invalid({ at: 'name', code: 'required' }));
      const field = await changing(parts, request, (tx) => addCustomField(tx, { name, type: of }));
      if (!field) throw new Refused({ kind: 'own_conflict', code: 'name_taken', detail: 'Another one has this name.' });
      await parts.changed(visitorOf(request).caller.workspace_id);
      return reply.code(201).send(view(field));
    },
  );
  addOne(scope, parts);
}

function addOne(scope: ApiScope, parts: ApiParts): void {
  scope.patch(
    '/custom-fields/:id',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Change the type of a custom field',
        tags,
        params: oneId,
        body: fieldPatch.ref,
        response: writeReplies({ 200: fieldView.ref }, [404]),
      },
    },
    async (request) => {
      const id = idOrNotFound('field', request.params.id);
      const field = await changing(parts, request, (tx) => setCustomFieldType(tx, id, request.body.type));
      if (!field) throw notFound();
      await parts.changed(visitorOf(request).caller.workspace_id);
      return view(field);
    },
  );
  scope.delete(
    '/custom-fields/:id',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Delete a custom field',
        tags,
        params: oneId,
        response: writeReplies({ 204: nothing('It is gone.') }, [404, 409]),
      },
    },
    async (request, reply) => {
      const id = idOrNotFound('field', request.params.id);
      const ended = await changing(parts, request, (tx) => removeCustomField(tx, id));
      if (ended === 'unknown') throw notFound();
      if (ended === 'in_use') throw new Refused({ kind: 'conflict', code: 'in_use' });
      await parts.changed(visitorOf(request).caller.workspace_id);
      return reply.code(204).send();
    },
  );
}
