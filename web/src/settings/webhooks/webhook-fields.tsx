import type { Shape } from '../../api/client.ts';
import type { FieldDef } from '../form/item-fields.tsx';
import { descriptionField } from '../form/usual-fields.ts';
import { useItems } from '../reference/get-reference-items.ts';
import { kinds } from '../reference/kinds.ts';
import { optionsOf } from '../reference/options.ts';
import { EventPicker } from './event-picker.tsx';
import type { Webhook } from './get-webhooks.ts';

const narrowing = { sources: kinds.sources, types: kinds.leadTypes, departments: kinds.departments } as const;

/** The fields of a webhook's form. */
export function useWebhookFields(): readonly FieldDef[] {
  const sources = useItems(narrowing.sources);
  const types = useItems(narrowing.types);
  const departments = useItems(narrowing.departments);
  const narrow = (key: keyof typeof narrowing, label: string, items: typeof sources): FieldDef => ({
    key,
    label,
    kind: 'choices',
    options: optionsOf(items.data),
  });
  return [
    { key: 'url', label: 'URL', kind: 'text', wide: true, about: 'Events are sent here by POST.' },
    descriptionField,
    {
      key: 'events',
      label: 'Events',
      kind: 'own',
      wide: true,
      render: (value, onChange, problem) => (
        <EventPicker value={Array.isArray(value) ? (value as string[]) : []} onChange={onChange} problem={problem} />
      ),
    },
    narrow('sources', 'Only leads from these sources', sources),
    narrow('types', 'Only leads of these types', types),
    narrow('departments', 'Only leads in these departments', departments),
    {
      key: 'includesLead',
      label: 'Send the whole lead with each event',
      kind: 'switch',
      about:
        'The lead as it is when the event is sent. Otherwise, events contain only IDs and what changed, with nothing about the person.',
    },
  ];
}

/** A webhook's settings as its form edits them. */
export function formOf({ url, description, events, filter, include }: Webhook): Record<string, unknown> {
  return {
    url,
    description,
    events,
    sources: filter.sources ?? [],
    types: filter.types ?? [],
    departments: filter.departments ?? [],
    includesLead: include.includes('lead'),
  };
}

/** The changes made in the form, as the API takes them. The filter is sent as a whole. */
export function bodyOf(
  changed: Readonly<Record<string, unknown>>,
  saved: Readonly<Record<string, unknown>>,
): Shape<'WebhookPatch'> {
  const { sources, types, departments, includesLead, ...rest } = changed;
  const body: Record<string, unknown> = rest;
  if (includesLead !== undefined) body['include'] = includesLead ? ['lead'] : [];
  if (sources !== undefined || types !== undefined || departments !== undefined) {
    const filled = Object.keys(narrowing)
      .map((key) => [key, changed[key] ?? saved[key]] as const)
      .filter(([, ids]) => Array.isArray(ids) && ids.length > 0);
    body['filter'] = filled.length > 0 ? Object.fromEntries(filled) : null;
  }
  return body as Shape<'WebhookPatch'>;
}
