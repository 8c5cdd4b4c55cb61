import type { Row } from '../leads/lead-row.ts';

/** The rows of one batch of sample leads, by table. */
export interface DemoRows {
  leads: Row[];
  keys: Row[];
  touches: Row[];
  activities: Row[];
  events: Row[];
  submissions: Row[];
  notes: Row[];
  tasks: Row[];
  calls: Row[];
  deals: Row[];
  made: Row[];
  /** Requests that created no lead. */
  requests: Row[];
}

/** An empty batch. */
export function emptyDemoRows(): DemoRows {
  return {
    leads: [],
    keys: [],
    touches: [],
    activities: [],
    events: [],
    submissions: [],
    notes: [],
    tasks: [],
    calls: [],
    deals: [],
    made: [],
    requests: [],
  };
}
