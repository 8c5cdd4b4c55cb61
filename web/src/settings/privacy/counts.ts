/** Words for kinds of records, for one and for several. */
const words: Readonly<Record<string, readonly [one: string, many: string]>> = {
  leads: ['lead', 'leads'],
  lead_keys: ['matching key', 'matching keys'],
  lead_twins: ['possible duplicate', 'possible duplicates'],
  lead_moves: ['change of status', 'changes of status'],
  lead_search: ['search entry', 'search entries'],
  lead_distinctions: ['“not a duplicate”', '“not a duplicate”'],
  touches: ['enquiry', 'enquiries'],
  activities: ['timeline entry', 'timeline entries'],
  notes: ['note', 'notes'],
  tasks: ['task', 'tasks'],
  deals: ['deal', 'deals'],
  calls: ['call', 'calls'],
  call_attempts: ['call attempt', 'call attempts'],
  requests: ['request', 'requests'],
  requests_left: ['request of somebody who shares the phone', 'requests of somebody who shares the phone'],
  mentions: ['mention in other records', 'mentions in other records'],
  idempotency: ['stored response', 'stored responses'],
  idempotency_keys: ['idempotency key', 'idempotency keys'],
  job_changes: ['change that could be undone', 'changes that could be undone'],
  source_number_rules: ['number of a department', 'numbers of departments'],
  reading_rules: ['reading rule', 'reading rules'],
  deleted_leads: ['lead in the bin', 'leads in the bin'],
  events: ['event', 'events'],
  sessions: ['session or link', 'sessions and links'],
  jobs: ['job', 'jobs'],
  mails: ['message', 'messages'],
  counts: ['daily count of a sender', 'daily counts of senders'],
};

/** `2 leads, 5 requests`; kinds without records are left out. */
export function countsText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${words[kind]?.[count === 1 ? 0 : 1] ?? kind.replaceAll('_', ' ')}`)
    .join(', ');
}
