import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { auditRequest } from '../../http/audit-request.ts';
import { listOf, wholeList } from '../../http/list.ts';
import { idOrNotFound } from '../../http/path-ids.ts';
import { notFound, Refused } from '../../http/refused.ts';
import { nothing, oneId, replies, writeReplies } from '../../http/replies.ts';
import { changing, contextOf, inWorkspace } from '../../http/request-context.ts';
import { closed, instant, oneOf, shape } from '../../http/shapes.ts';
import { leadFields } from '../../leads/fields.ts';
import { invalid } from '../../platform/problem.ts';
import { limits } from '../../workspaces/limits/catalogue.ts';
import {
  addCustomField,
  countFieldUses,
  listCustomFields,
  removeCustomField,
  type StoredCustomField,
  setCustomFieldType,
} from '../../workspaces/reference/custom-field-store.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import { typeRuling } from './lead-rule-shapes.ts';
import { similarNames } from './similar-name.ts';

const type = oneOf(
  ['text', 'number', 'date', 'boolean'],
  "Type of the field's values. Fields created from incoming requests are text.",
);
const tags = ['Reference data'];

const fieldView = shape(
  'CustomFieldView',
  Type.Object(
    {
      id: Type.String(),
      name: Type.String({
        description:
          'Name of the field in `custom`. Names that differ only in case, spaces or invisible characters mean the same field, unless another field has exactly that name.',
      }),
      type,
      created_by: Type.String({
        description: 'native if created by hand, otherwise the dialect of the request that created it.',
      }),
      created_at: instant('When it was created.'),
    },
    { description: 'A custom field of leads.' },
  ),
);
const fieldCreate = shape(
  'CustomFieldCreate',
  closed({ name: Type.String({ minLength: 1, maxLength: 64 }), type: Type.Optional(type) }, 'A custom field of leads.'),
);
const fieldPatch = shape('CustomFieldPatch', closed({ type }, 'Values that leads already have stay unchanged.'));

const similarView = shape(
  'SimilarField',
  Type.Object(
    { name: Type.String(), custom: Type.Boolean({ description: 'false if it is a built-in field.' }) },
    { description: 'A field with a similar name.' },
  ),
);
const usesView = shape(
  'FieldUsage',
  Type.Object(
    { name: Type.String(), leads: Type.Integer() },
    { description: 'How many leads have a value in a field.' },
  ),
);
const COUNTED_AMONG = 10_000;

function view(field: StoredCustomField): Static<typeof fieldView.schema> {
  return { ...field, created_at: field.created_at.toISOString() };
}

/** `/v1/custom-fields`: list, count uses, create, update, delete. */
export function customFieldRoutes(scope: ApiScope, api: ApiContext): void {
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
    async (request) => wholeList((await inWorkspace(api, request, listCustomFields)).map(view)),
  );
  scope.get(
    '/custom-fields/similar',
    {
      config: { policy: 'read settings' },
      schema: {
        summary: 'Find custom fields with a similar name',
        description:
          'Check this before creating a field: two fields with the same meaning split the data. Built-in fields are searched too.',
        tags,
        querystring: closed({ name: Type.String({ maxLength: 64, description: 'Name of the new field.' }) }),
        response: replies({ 200: listOf(similarView.ref, 'Fields that may mean the same.') }),
      },
    },
    async (request) => {
      const { name } = request.query;
      const own = [...contextOf(request).referenceData.customFields.keys()];
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
        summary: 'Count the leads that use each custom field',
        tags,
        response: replies({ 200: listOf(usesView.ref, `Counted among the newest ${COUNTED_AMONG} leads.`) }),
      },
    },
    async (request) => wholeList(await inWorkspace(api, request, (tx) => countFieldUses(tx, COUNTED_AMONG))),
  );
  scope.post(
    '/custom-fields',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Create a custom field',
        tags,
        body: fieldCreate.ref,
        response: writeReplies({ 201: fieldView.ref }, [409]),
      },
    },
    async (request, reply) => {
      const { name, type: of = 'text' } = request.body;
      if (name.trim() === '') throw new Refused(invalid({ at: 'name', code: 'required' }));
      const most = limits.names_by_people.figure;
      if (contextOf(request).referenceData.newNames.fieldsByPeople >= most)
        throw new Refused({ kind: 'own_conflict', code: 'too_much', detail: `A workspace can have ${most} fields.` });
      const field = await changing(api, request, async (tx) => {
        const made = await addCustomField(tx, { name, type: of });
        if (made) await auditRequest(tx, request, 'custom_field_added', { id: made.id, name, type: of });
        return made;
      });
      if (!field)
        throw new Refused({ kind: 'own_conflict', code: 'name_taken', detail: 'This name is already taken.' });
      await api.changed(contextOf(request).caller.workspace_id);
      return reply.code(201).send(view(field));
    },
  );
  addOne(scope, api);
}

function requireUnused(name: string, referenceData: ReferenceData): void {
  const type = typeRuling(name, referenceData);
  if (type === undefined) return;
  const detail = `The rules of the lead type ${type} use it. Change them first.`;
  throw new Refused({ kind: 'own_conflict', code: 'in_use', detail });
}

function addOne(scope: ApiScope, api: ApiContext): void {
  scope.patch(
    '/custom-fields/:id',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Update a custom field',
        tags,
        params: oneId,
        body: fieldPatch.ref,
        response: writeReplies({ 200: fieldView.ref }, [404]),
      },
    },
    async (request) => {
      const id = idOrNotFound('field', request.params.id);
      const field = await changing(api, request, async (tx) => {
        const changed = await setCustomFieldType(tx, id, request.body.type);
        if (changed)
          await auditRequest(tx, request, 'custom_field_changed', { id, name: changed.name, type: changed.type });
        return changed;
      });
      if (!field) throw notFound();
      await api.changed(contextOf(request).caller.workspace_id);
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
        response: writeReplies({ 204: nothing('Deleted.') }, [404, 409]),
      },
    },
    async (request, reply) => {
      const id = idOrNotFound('field', request.params.id);
      const ended = await changing(api, request, async (tx) => {
        const { name = '' } = (await listCustomFields(tx)).find((field) => field.id === id) ?? {};
        requireUnused(name, contextOf(request).referenceData);
        const end = await removeCustomField(tx, id);
        if (end === 'removed') await auditRequest(tx, request, 'custom_field_deleted', { id, name });
        return end;
      });
      if (ended === 'unknown') throw notFound();
      if (ended === 'in_use') throw new Refused({ kind: 'conflict', code: 'in_use' });
      await api.changed(contextOf(request).caller.workspace_id);
      return reply.code(204).send();
    },
  );
}
