/** Tables whose rows belong to a lead, in the order in which they can be put back. */
export const leadTables = [
  'touches',
  'activities',
  'notes',
  'calls',
  'call_attempts',
  'tasks',
  'deals',
  'lead_keys',
  'lead_twins',
  'demo_leads',
  'waiting_leads',
  'lead_distinctions',
] as const;

/** Tables that the database derives from a lead and its related rows. */
export const derivedLeadTables = ['lead_tags', 'lead_moves', 'lead_search', 'deal_index'] as const;
