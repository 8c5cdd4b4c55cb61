import Type, { type Static } from 'typebox';
import { idOrNotFound } from '../../api/ids.ts';
import type { ApiParts, ApiScope } from '../../api/parts.ts';
import { record } from '../../api/record.ts';
import { nothing, oneId, replies, writeReplies } from '../../api/replies.ts';
import { changing, inWorkspace, visitorOf } from '../../api/visitor.ts';
import { leadFields } from '../../leads/fields.ts';
import { listOf, wholeList } from '../../platform/http/list.ts';
import { notFound, Refused } from '../../platform/http/refused.ts';
import { closed, instant, oneOf, shape } from '../../platform/http/shapes.ts';
import { invalid } from '../../platform/problem.ts';
import type { Book } from '../book.ts';
import {
  addCustomField,
  countFieldUses,
  listCustomFields,
  removeCustomField,
  type StoredCustomField,
  setCustomFieldType,
} from './custom-field-store.ts';
import { typeRuling } from './lead-rule-shapes.ts';
import { similarNames } from './similar-name.ts';

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

const similarView = shape(
  'SimilarField',
  Type.Object(
    { name: Type.String(), custom: Type.Boolean({ description: 'false: a field that every lead has.' }) },
    { description: 'A field of a similar name.' },
  ),
);
const usesView = shape(
  'FieldUses',
  Type.Object(
    { name: Type.String(), leads: Type.Integer() },
    { description: 'How many leads have a value of a field.' },
  ),
);
const COUNTED_AMONG = 10_000;

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
  scope.get(
    '/custom-fields/similar',
    {
      config: { policy: 'read settings' },
      schema: {
        summary: 'Find custom fields of a similar name',
        description:
          'Ask before making one: fields that mean the same split what leads hold. Fields that every lead has count too.',
        tags,
        querystring: closed({ name: Type.String({ maxLength: 64, description: 'The name of the field to be made.' }) }),
        response: replies({ 200: listOf(similarView.ref, 'Those that may well mean the same.') }),
      },
    },
    async (request) => {
      const { name } = request.query;
      const own = [...visitorOf(request).book.customFields.keys()];
      const labels = Object.values(leadFields).map(({ label }) => label);
      const found = (names: readonly string[], custom: boolean) =>
        similarNames(name, names).map((one) => ({ name: one, custom }));
      return wholeList([...found(own, true), ...found(labels, false)]);
    },
  );
  scope.get(
    '/custom-fields/usage',
    {
      config: { policy: 'read settings' },
      schema: {
        summary: 'Count the leads that have each custom field',
        tags,
        response: replies({ 200: listOf(usesView.ref, `Among the newest ${COUNTED_AMONG} leads.`) }),
      },
    },
    async (request) => wholeList(await inWorkspace(parts, request, (tx) => countFieldUses(tx, COUNTED_AMONG))),
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
      const field = await changing(parts, request, async (tx) => {
        const made = await addCustomField(tx, { name, type: of });
        if (made) await record(tx, request, 'custom_field_added', { id: made.id, name, type: of });
        return made;
      });
      if (!field) throw new Refused({ kind: 'own_conflict', code: 'name_taken', detail: 'Another one has this name.' });
      await parts.changed(visitorOf(request).caller.workspace_id);
      return reply.code(201).send(view(field));
    },
  );
  addOne(scope, parts);
}

function demandUnruled(name: string, book: Book): void {
  const type = typeRuling(name, book);
  if (type === undefined) return;
  const detail = `The rules of the lead type ${type} speak of it. Change them first.`;
  throw new Refused({ kind: 'own_conflict', code: 'in_use', detail });
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
      const field = await changing(parts, request, async (tx) => {
        const changed = await setCustomFieldType(tx, id, request.body.type);
        if (changed) await record(tx, request, 'custom_field_changed', { id, name: changed.name, type: changed.type });
        return changed;
      });
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
      const ended = await changing(parts, request, async (tx) => {
        const { name = '' } = (await listCustomFields(tx)).find((field) => field.id === id) ?? {};
        demandUnruled(name, visitorOf(request).book);
        const end = await removeCustomField(tx, id);
        if (end === 'removed') await record(tx, request, 'custom_field_deleted', { id, name });
        return end;
      });
      if (ended === 'unknown') throw notFound();
      if (ended === 'in_use') throw new Refused({ kind: 'conflict', code: 'in_use' });
      await parts.changed(visitorOf(request).caller.workspace_id);
      return reply.code(204).send();
    },
  );
}
