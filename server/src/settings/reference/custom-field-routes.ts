import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { auditRequest } from '../../http/audit-request.ts';
import { listOf, wholeList } from '../../http/list.ts';
import { idOrNotFound } from '../../http/path-ids.ts';
import { notFound, orNotFound, Refused } from '../../http/refused.ts';
import { changingSettings, contextOf, reading } from '../../http/request-context.ts';
import { oneId, routesAbout } from '../../http/route.ts';
import { bodyShape, closed, instant, oneOf, viewShape } from '../../http/shapes.ts';
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
const { route, writeRoute } = routesAbout('Reference data');

const fieldView = viewShape('CustomFieldView', 'A custom field of leads.', {
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
});
const fieldCreate = bodyShape('CustomFieldCreate', 'A custom field of leads.', {
  name: Type.String({ minLength: 1, maxLength: 64 }),
  type: Type.Optional(type),
});
const fieldPatch = bodyShape('CustomFieldPatch', 'Values that leads already have stay unchanged.', { type });

const similarView = viewShape('SimilarField', 'A field with a similar name.', {
  name: Type.String(),
  custom: Type.Boolean({ description: 'false if it is a built-in field.' }),
});
const usesView = viewShape('FieldUsage', 'How many leads have a value in a field.', {
  name: Type.String(),
  leads: Type.Integer(),
});
const COUNTED_AMONG = 10_000;

function view(field: StoredCustomField): Static<typeof fieldView.schema> {
  return { ...field, created_at: field.created_at.toISOString() };
}

/** `/v1/custom-fields`: list, count uses, create, update, delete. */
export function customFieldRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/custom-fields',
    route('read settings', 'List custom fields', { 200: listOf(fieldView.ref, 'All custom fields.') }),
    async (request) => wholeList((await reading(api, request, listCustomFields)).map(view)),
  );
  scope.get(
    '/custom-fields/similar',
    route('read settings', 'Find custom fields with a similar name', {
      about:
        'Check this before creating a field: two fields with the same meaning split the data. Built-in fields are searched too.',
      querystring: closed({ name: Type.String({ maxLength: 64, description: 'Name of the new field.' }) }),
      200: listOf(similarView.ref, 'Fields that may mean the same.'),
    }),
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
    route('read settings', 'Count the leads that use each custom field', {
      200: listOf(usesView.ref, `Counted among the newest ${COUNTED_AMONG} leads.`),
    }),
    async (request) => wholeList(await reading(api, request, (tx) => countFieldUses(tx, COUNTED_AMONG))),
  );
  scope.post(
    '/custom-fields',
    writeRoute('administer', 'Create a custom field', { body: fieldCreate.ref, 201: fieldView.ref, or: [409] }),
    async (request, reply) => {
      const { name, type: of = 'text' } = request.body;
      if (name.trim() === '') throw new Refused(invalid({ at: 'name', code: 'required' }));
      const most = limits.names_by_people.figure;
      if (contextOf(request).referenceData.newNames.fieldsByPeople >= most)
        throw new Refused({ kind: 'own_conflict', code: 'too_much', detail: `A workspace can have ${most} fields.` });
      const field = await changingSettings(api, request, async (tx) => {
        const made = await addCustomField(tx, { name, type: of });
        if (!made)
          throw new Refused({ kind: 'own_conflict', code: 'name_taken', detail: 'This name is already taken.' });
        await auditRequest(tx, request, 'custom_field_added', { id: made.id, name, type: of });
        return made;
      });
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
    writeRoute('administer', 'Update a custom field', { params: oneId, body: fieldPatch.ref, 200: fieldView.ref }),
    async (request) => {
      const id = idOrNotFound('field', request.params.id);
      const field = await changingSettings(api, request, async (tx) => {
        const changed = orNotFound(await setCustomFieldType(tx, id, request.body.type));
        await auditRequest(tx, request, 'custom_field_changed', { id, name: changed.name, type: changed.type });
        return changed;
      });
      return view(field);
    },
  );
  scope.delete(
    '/custom-fields/:id',
    writeRoute('administer', 'Delete a custom field', { params: oneId, 204: 'Deleted.', or: [409] }),
    async (request, reply) => {
      const id = idOrNotFound('field', request.params.id);
      await changingSettings(api, request, async (tx) => {
        const { name = '' } = (await listCustomFields(tx)).find((field) => field.id === id) ?? {};
        requireUnused(name, contextOf(request).referenceData);
        const end = await removeCustomField(tx, id);
        if (end === 'unknown') throw notFound();
        if (end === 'in_use') throw new Refused({ kind: 'conflict', code: 'in_use' });
        await auditRequest(tx, request, 'custom_field_deleted', { id, name });
      });
      return reply.code(204).send();
    },
  );
}
