import type { NewEvent } from '../../events/event-store.ts';
import type { Row } from '../../leads/lead-row.ts';
import type { Arrival } from '../arrival.ts';
import type { Ending } from '../submission-row-store.ts';

/** One request and how it ended. */
export interface EndedArrival {
  arrival: Arrival;
  ending: Ending;
}

/** All that one batch writes. */
export interface BatchRows {
  workspaceId: string;
  leads: Row[];
  changedLeads: Row[];
  keys: Row[];
  twins: Row[];
  notes: Row[];
  calls: Row[];
  /** What is announced to the outside. */
  events: NewEvent[];
  /** One for each request: its submission, and its touch, activity and remembered answer where it has them. */
  arrivals: Row[];
  /** How each request ended. */
  endings: EndedArrival[];
  /** Leads whose search text is to be made anew. */
  touchedIds: string[];
}

export function noRows(workspaceId: string): BatchRows {
  return {
    workspaceId,
    leads: [],
    changedLeads: [],
    keys: [],
    twins: [],
    notes: [],
    calls: [],
    events: [],
    arrivals: [],
    endings: [],
    touchedIds: [],
  };
}
