import Type, { type Static } from 'typebox';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { replies } from '../api/replies.ts';
import { visitorOf } from '../api/visitor.ts';
import { listOf, wholeList } from '../platform/http/list.ts';
import { oneOf, shape } from '../platform/http/shapes.ts';
import type { Book } from '../workspaces/book.ts';
import { fieldFormats, leadFieldNames, leadFields, referenceLabels } from './fields.ts';
import { OWN_FIELD, ruledReferences } from './lead-rules.ts';

const leadFieldView = shape(
  'LeadFieldView',
  Type.Object(
    {
      name: Type.String({ description: 'As requests and rules call it; custom.<name> for one of your own.' }),
      label: Type.String({ description: 'As people read it.' }),
      type: oneOf(['text', 'number', 'date', 'boolean', 'choice'], 'What its values are; a choice is one of a list.'),
      format: oneOf([...fieldFormats], 'How its values are entered and shown: an amount of money, a long text ...'),
      ruled: Type.Boolean({ description: 'Rules of lead types may speak of it.' }),
    },
    { description: 'A field that leads have.' },
  ),
);

/** `/v1/lead-fields`: what can be said of a lead. */
export function leadFieldRoutes(scope: ApiScope, _parts: ApiParts): void {
  scope.get(
    '/lead-fields',
    {
      config: { policy: 'read settings' },
      schema: {
        summary: 'List the fields of leads',
        tags: ['Leads'],
        response: replies({ 200: listOf(leadFieldView.ref, 'Those of every lead, references, then your own.') }),
      },
    },
    async (request) => wholeList(fieldsOf(visitorOf(request).book)),
  );
}

function fieldsOf(book: Book): Static<typeof leadFieldView.schema>[] {
  const ruled = new Set<string>(ruledReferences);
  return [
    ...leadFieldNames.map((name) => ({ name, format: 'plain' as const, ...leadFields[name], ruled: true })),
    ...Object.entries(referenceLabels).map(([name, label]) => ({
      name,
      label,
      type: 'choice' as const,
      format: 'plain' as const,
      ruled: ruled.has(name),
    })),
    ...[...book.customFields.values()].map(({ name, type }) => ({
      name: `${OWN_FIELD}${name}`,
      label: name,
      type,
      format: 'plain' as const,
      ruled: true,
    })),
  ];
}
