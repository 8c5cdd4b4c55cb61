import { leadFields } from '../leads/fields.ts';
import { derivedLeadTables, leadTables } from '../leads/lead-tables.ts';

/** A table that may mention a person without being deleted with their leads. */
export interface SearchedTable {
  table: string;
  /** The columns of the primary key after the workspace, with their types. */
  key: readonly (readonly [column: string, type: string])[];
  /** Columns to search. */
  columns: readonly (readonly [column: string, type: 'text' | 'json' | 'jsonb'])[];
  /** The column with the lead that a row belongs to. */
  lead?: string;
  /**
   * Which rows about the person are deleted: those of the person's leads, those without a lead, or any. In all others,
   * only the mention is cut out.
   */
  removes?: 'of lead' | 'without lead' | 'any';
}

const byId = [['id', 'uuid']] as const;
const ofLead = [
  ['lead_id', 'uuid'],
  ['id', 'uuid'],
] as const;

/** `phone` is left out: if another lead has the person's phone, it is that lead's own. */
const leadTexts = Object.entries(leadFields).flatMap(([name, { type }]) =>
  type === 'text' && name !== 'phone' ? [[name, 'text'] as const] : [],
);

/** Everything that is searched for mentions, apart from the journal, which has rules of its own. */
export const searchedTables: readonly SearchedTable[] = [
  {
    table: 'leads',
    key: byId,
    columns: [
      ...leadTexts,
      ['phone_sent', 'text'],
      ['next_step', 'text'],
      ['custom', 'jsonb'],
      ['dialect_fields', 'jsonb'],
    ],
    lead: 'id',
  },
  { table: 'touches', key: ofLead, columns: [['fields', 'json']], lead: 'lead_id' },
  {
    table: 'activities',
    key: ofLead,
    columns: [
      ['reason', 'text'],
      ['detail', 'json'],
    ],
    lead: 'lead_id',
  },
  { table: 'notes', key: ofLead, columns: [['text', 'text']], lead: 'lead_id' },
  {
    table: 'tasks',
    key: byId,
    columns: [
      ['contact', 'text'],
      ['name', 'text'],
      ['description', 'text'],
      ['comment', 'text'],
    ],
    lead: 'lead_id',
    removes: 'without lead',
  },
  {
    table: 'deals',
    key: byId,
    columns: [
      ['name', 'text'],
      ['note', 'text'],
    ],
    lead: 'lead_id',
  },
  {
    table: 'calls',
    key: byId,
    columns: [
      ['phone', 'text'],
      ['added_as', 'text'],
      ['outcome', 'text'],
      ['note', 'text'],
      ['before_outcome', 'jsonb'],
    ],
    lead: 'lead_id',
  },
  { table: 'call_attempts', key: byId, columns: [['outcome', 'text']], lead: 'lead_id' },
  { table: 'events', key: byId, columns: [['payload', 'json']], lead: 'lead_id' },
  {
    table: 'jobs',
    key: byId,
    columns: [
      ['params', 'jsonb'],
      ['progress', 'jsonb'],
      ['result', 'jsonb'],
      ['reason', 'text'],
    ],
  },
  {
    table: 'job_changes',
    key: [
      ['job_id', 'uuid'],
      ['lead_id', 'uuid'],
    ],
    columns: [
      ['before', 'jsonb'],
      ['after', 'jsonb'],
    ],
    lead: 'lead_id',
    removes: 'of lead',
  },
  {
    table: 'idempotency',
    key: [
      ['scope', 'text'],
      ['key', 'bytea'],
    ],
    columns: [['answer', 'text']],
    lead: 'lead_id',
    removes: 'any',
  },
  {
    table: 'mails',
    key: byId,
    columns: [
      ['to_name', 'text'],
      ['to_email', 'text'],
      ['folded_email', 'text'],
      ['subject', 'text'],
      ['body', 'json'],
      ['reason', 'text'],
    ],
    lead: 'lead_id',
    removes: 'any',
  },
  {
    // A lead in the bin that mentions the person is removed whole, whoever it is about.
    table: 'deleted_leads',
    key: byId,
    columns: [
      ['name', 'text'],
      ['company_name', 'text'],
      ['contents', 'json'],
    ],
    lead: 'lead_id',
    removes: 'any',
  },
  { table: 'source_number_rules', key: [['number', 'text']], columns: [['number', 'text']], removes: 'any' },
  {
    table: 'reading_rules',
    key: byId,
    columns: [
      ['value', 'text'],
      ['meaning', 'text'],
    ],
    removes: 'any',
  },
  {
    table: 'views',
    key: byId,
    columns: [
      ['name', 'text'],
      ['query', 'text'],
    ],
  },
  {
    table: 'waiting_names',
    key: byId,
    columns: [
      ['name', 'text'],
      ['folded_name', 'text'],
    ],
    removes: 'any',
  },
  { table: 'audit_log', key: byId, columns: [['detail', 'jsonb']] },
  {
    table: 'webhook_attempts',
    key: [
      ['webhook_id', 'uuid'],
      ['event_id', 'uuid'],
      ['attempt', 'smallint'],
    ],
    columns: [
      ['error', 'text'],
      ['answer', 'text'],
    ],
  },
];

/** Tables whose rows are deleted together with their lead. */
export const deletedWithLead = [...leadTables, ...derivedLeadTables] as const;

/**
 * Text columns of these tables with nothing about people: kinds, states, actors. A column in no list fails the build.
 */
export const withoutMentions: Readonly<Record<string, readonly string[]>> = {
  leads: ['phone', 'next_step_kind', 'tag_ids'],
  touches: ['dialect'],
  activities: ['kind', 'actor'],
  notes: ['actor'],
  tasks: ['category', 'actor'],
  deals: ['actor'],
  calls: ['state', 'claimed_by'],
  events: ['type'],
  jobs: ['kind', 'state', 'actor'],
  mails: ['kind', 'state', 'cause', 'message_id'],
  idempotency: ['fingerprint'],
  reading_rules: ['dialect', 'field', 'folded_value', 'actor'],
  views: ['audience', 'screen'],
  waiting_names: ['kind', 'dialect'],
  audit_log: ['actor', 'action'],
  deleted_leads: ['actor'],
};

/** Tables that store nothing about the people who are leads, and why. A table in no list fails the build. */
export const withoutPeople: Readonly<Record<string, string>> = {
  agents: 'states of members',
  call_outcomes: 'the workspace’s own words',
  custom_fields: 'names of fields',
  deal_sums: 'numbers and amounts',
  deals_to_index: 'ids of leads',
  demo_items: 'ids of sample data',
  demo_sessions: 'ids of sessions',
  department_members: 'ids of members',
  departments: 'the workspace’s own words',
  encryption_keys: 'ids of keys',
  event_epochs: 'numbers',
  erased_keys: 'keyed hashes',
  erasures: 'counts, ids and keyed hashes; the person only while the erasure runs',
  figure_bases: 'a time zone and ids of statuses',
  index_queue: 'ids of leads',
  intake_count_bases: 'a time zone and the id of a request',
  intake_count_changes: 'ids, times and outcomes of requests',
  intake_counts: 'numbers of requests',
  job_schedules: 'names of schedules and times',
  lead_counts: 'a number',
  lead_facts: 'ids, days and numbers, brought up to the lead by the index queue',
  lead_figures: 'sums',
  lead_waits: 'ids and numbers, as in lead_facts',
  lead_sum_changes: 'numbers and amounts',
  lead_sums: 'numbers and amounts',
  lead_types: 'the workspace’s own words',
  mail_keys: 'encrypted keys',
  members: 'people who work here, not leads',
  names_brought: 'counts of names by sender',
  notice_places: 'places among events',
  reference_items: 'the workspace’s own words',
  retention: 'numbers and times',
  schema_migrations: 'versions',
  sessions: 'members and tokens',
  sources: 'the workspace’s own words',
  statuses: 'the workspace’s own words',
  tokens: 'credentials of senders',
  turned_away: 'counts of requests by sender',
  unwanted_mail: 'ids of members',
  users: 'credentials of members',
  view_pins: 'ids of views',
  waiting_deals: 'ids of deals',
  webhook_deliveries: 'ids and states',
  webhooks: 'receivers of events',
  workspaces: 'the company itself',
};
