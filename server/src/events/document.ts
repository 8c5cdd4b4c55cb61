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

The events that Leadwell announces to other systems. Each event is written in the transaction of the change that it
announces: no event is announced for something that did not happen, and none is lost. This page is generated from the
catalogue in the code (\`server/src/events/catalogue.ts\`) by \`npm run events\`.

## Reading them

\`GET /v1/events?after=&limit=&types=\` returns \`{ "data": [...], "next_cursor": "..." }\`, oldest first. Without \`after\` it starts
at the oldest stored event, with \`after=now\` at the present moment. Continue with \`next_cursor\`, which is always present. If
\`data\` is empty, nothing new can be read yet: ask again later with the same cursor or the new one. A token needs the scope
\`read\`. A member must be a manager, and gets the events of leads that they can see.

\`\`\`json
${JSON.stringify(exampleResponse, null, 2)}
\`\`\`

No event is ever skipped, whichever process announces it and however long its transaction takes: an event can be read once
every transaction that began writing before its own has ended. A transaction that is held open therefore delays everybody's
events, even if it is in another database of the same PostgreSQL cluster. Cursors survive restores and failovers. If a backup
is restored to an earlier point in time, a cursor from the lost time starts again at the oldest event, so an event may be read
twice. After a failover to a replica, restart the servers.

[Webhooks](webhooks.md) send events instead. Events are [kept](privacy.md) for 90 days, or as long as the settings say.

## What they contain

\`id\` is the same wherever and however often an event is delivered. \`lead_version\` is the version of the lead after the event,
by which receivers can put events in order; it is \`null\` if the lead itself did not change. \`data\` contains only ids and what
changed, never personal data. Ids have the form used by \`/v1\`: \`lead_...\`, \`note_...\`, \`task_...\`, \`deal_...\`,
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
