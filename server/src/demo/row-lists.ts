import type { Row } from '../leads/lead-row.ts';

/** Rows of every table that a batch of made-up leads writes. */
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
  /** Requests that led to no lead. */
  requests: Row[];
}

/** No rows yet. */
export function noDemoRows(): DemoRows {
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
