import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { listOf, wholeList } from '../http/list.ts';
import { contextOf } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { oneOf, viewShape } from '../http/shapes.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { fieldFormats, leadFieldNames, leadFields, referenceLabels } from './fields.ts';
import { OWN_FIELD, ruledReferences } from './lead-rules.ts';

const leadFieldView = viewShape('LeadFieldView', 'A field of leads.', {
  name: Type.String({ description: 'Name in requests and rules; custom.<name> for a custom field.' }),
  label: Type.String({ description: 'Label for people to read.' }),
  type: oneOf(['text', 'number', 'date', 'boolean', 'choice'], 'Type of its values; a choice is a value from a list.'),
  format: oneOf([...fieldFormats], 'How its values are entered and shown: an amount of money, a long text ...'),
  allowed_in_rules: Type.Boolean({ description: 'Whether rules of lead types may refer to it.' }),
});

const { route } = routesAbout('Leads');

/** `/v1/lead-fields`: describes the fields that a lead can have. */
export function leadFieldRoutes(scope: ApiScope, _parts: ApiContext): void {
  scope.get(
    '/lead-fields',
    route('read settings', 'List lead fields', {
      200: listOf(leadFieldView.ref, 'Built-in fields, references, then custom fields.'),
    }),
    async (request) => wholeList(fieldsOf(contextOf(request).referenceData)),
  );
}

function fieldsOf(referenceData: ReferenceData): Static<typeof leadFieldView.schema>[] {
  const ruled = new Set<string>(ruledReferences);
  return [
    ...leadFieldNames.map((name) => ({ name, format: 'plain' as const, ...leadFields[name], allowed_in_rules: true })),
    ...Object.entries(referenceLabels).map(([name, label]) => ({
      name,
      label,
      type: 'choice' as const,
      format: 'plain' as const,
      allowed_in_rules: ruled.has(name),
    })),
    ...[...referenceData.customFields.values()].map(({ name, type }) => ({
      name: `${OWN_FIELD}${name}`,
      label: name,
      type,
      format: 'plain' as const,
      allowed_in_rules: true,
    })),
  ];
}
