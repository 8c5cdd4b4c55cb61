/** Words for kinds of records, for one and for several. */
const words: Readonly<Record<string, readonly [one: string, many: string]>> = {
  leads: ['lead', 'leads'],
  lead_tags: ['tag of a lead', 'tags of leads'],
  lead_keys: ['matching key', 'matching keys'],
  lead_twins: ['possible duplicate', 'possible duplicates'],
  lead_moves: ['status change', 'status changes'],
  lead_search: ['search entry', 'search entries'],
  deal_index: ['search entry of a deal', 'search entries of deals'],
  waiting_leads: ['name awaiting approval', 'names awaiting approval'],
  demo_leads: ['sample-lead mark', 'sample-lead marks'],
  lead_distinctions: ['“not a duplicate” mark', '“not a duplicate” marks'],
  touches: ['enquiry', 'enquiries'],
  activities: ['timeline entry', 'timeline entries'],
  notes: ['note', 'notes'],
  tasks: ['task', 'tasks'],
  deals: ['deal', 'deals'],
  calls: ['call', 'calls'],
  call_attempts: ['call attempt', 'call attempts'],
  requests: ['request', 'requests'],
  requests_left: ['request from someone with the same phone', 'requests from people with the same phone'],
  mentions: ['mention in other records', 'mentions in other records'],
  idempotency: ['stored response', 'stored responses'],
  idempotency_keys: ['idempotency key', 'idempotency keys'],
  job_changes: ['change that can be undone', 'changes that can be undone'],
  source_number_rules: ['department number', 'department numbers'],
  reading_rules: ['reading rule', 'reading rules'],
  deleted_leads: ['lead in the bin', 'leads in the bin'],
  events: ['event', 'events'],
  sessions: ['session or link', 'sessions or links'],
  jobs: ['job', 'jobs'],
  mails: ['message', 'messages'],
  counts: ['daily sender count', 'daily sender counts'],
};

/** `2 leads, 5 requests`; kinds without records are left out. */
export function countsText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${words[kind]?.[count === 1 ? 0 : 1] ?? kind.replaceAll('_', ' ')}`)
    .join(', ');
}
