import { catalogue, eventTypes } from './catalogue.ts';

interface Described {
  description?: string;
  type?: string;
  items?: Described;
  anyOf?: Described[];
  properties?: Record<string, Described>;
}

const intro = `# Events

The events that Leadwell announces to other systems. Each is written in the transaction that makes it true: none is
announced that did not happen, and none is lost that did. This page is generated from the catalogue in the code
(\`server/src/events/catalogue.ts\`) by \`npm run events\`.

Besides its \`data\`, an event has a \`type\`, a time, the id of its lead (\`lead_...\`) and the lead's \`version\`,
which receivers can use to put events in order. The data is thin: ids and what changed, never who the lead is. Ids have the
form used by \`/v1\`: \`note_...\`, \`task_...\`, \`deal_...\` and \`call_...\`; members, submissions and reference
data (statuses, sources, types ...) are plain UUIDs.
`;

/** Generates docs/events.md, which lists every event type with its data and an example. */
export function eventsText(): string {
  return [intro, ...eventTypes.map(section)].join('\n');
}

function section(type: (typeof eventTypes)[number]): string {
  const { about, data, example } = catalogue[type];
  const rows = Object.entries((data as Described).properties ?? {}).map(
    ([name, schema]) => `| \`${name}\` | ${typeOf(schema)} | ${schema.description ?? ''} |`,
  );
  const table = rows.length > 0 ? ['| data | type | meaning |', '|---|---|---|', ...rows] : ['It has no data.'];
  const shown = ['```json', JSON.stringify({ type, data: example }, null, 2), '```'];
  return [`## ${type}`, '', about, '', ...table, '', ...shown, ''].join('\n');
}

function typeOf({ type, items, anyOf, properties }: Described): string {
  if (anyOf) return anyOf.map(typeOf).join(' or ');
  if (items) return `list of ${typeOf(items)}`;
  return properties ? `object: ${Object.keys(properties).join(', ')}` : (type ?? 'any');
}
