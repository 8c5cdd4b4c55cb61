import { catalogue, eventTypes } from './catalogue.ts';

interface Described {
  description?: string;
  type?: string;
  items?: Described;
  anyOf?: Described[];
  properties?: Record<string, Described>;
}

const exampleResponse = {
  data: [
    {
      id: 'evt_01k1fgwvrcfmz8mg31e5gse554',
      type: 'lead.assigned',
      created_at: '2026-03-02T09:00:00.000Z',
      lead_id: 'lead_01k1fgwvraf3z9mk9fdf60sm8h',
      lead_version: 2,
      data: catalogue['lead.assigned'].example,
    },
  ],
  next_cursor: '1764471000000.81234.evt_01k1fgwvrcfmz8mg31e5gse554',
};

const intro = `# Events

The events that Leadwell announces to other systems. Each is written in the transaction that makes it true: none is
announced that did not happen, and none is lost that did. This page is generated from the catalogue in the code
(\`server/src/events/catalogue.ts\`) by \`npm run events\`.

## Following them

\`GET /v1/events?after=&limit=&types=\` answers with \`{ "data": [...], "next_cursor": "..." }\`, oldest first. Without \`after\` it
begins at the oldest event kept, with \`after=now\` at this moment; go on with \`next_cursor\`, which is always there. An empty
\`data\` means that nothing new can be read yet: ask again with the same cursor or the new one, after a while of your choice. A
token needs the scope \`read\`; a member must be a manager, and gets events of leads that they see.

\`\`\`json
${JSON.stringify(exampleResponse, null, 2)}
\`\`\`

No event is ever skipped, whichever process announces it and however long its transaction takes: an event can be read once
every transaction that began to write before its own has ended. A transaction that is held open therefore delays the events
of all, also one in another database of the same PostgreSQL cluster. Cursors survive restores and failovers: where a backup
is restored to an earlier moment, a cursor from the lost time begins again at the oldest event, so an event may be read twice.
After a failover to a replica, restart the servers.

Or be told: [webhooks](webhooks.md). Events are [kept](privacy.md) for 90 days, or as long as the settings say.

## What they hold

\`id\` is the same wherever and however often an event is delivered. \`lead_version\` is the version of the lead after the event,
which receivers can use to put events in order; \`null\` where the lead itself did not change. \`data\` is thin: ids and what
changed, never who the lead is. Ids have the form used by \`/v1\`: \`lead_...\`, \`note_...\`, \`task_...\`, \`deal_...\`,
\`call_...\` and \`hook_...\`; members, submissions, touches and reference data (statuses, sources, types ...) are plain UUIDs.
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
