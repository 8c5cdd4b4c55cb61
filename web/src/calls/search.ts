/** The search parameters of the call screen. With `leads`, the agent calls that list of leads instead of the queue. */
export interface CallSearch {
  /** The filters and order of the list, as a query string. */
  leads?: string;
  /** The saved view that the filters came from. */
  view?: string;
  /** When the agent began to call the list. */
  since?: string;
}

/** Reads the search parameters of the call screen; invalid ones are ignored. */
export function readCallSearch({ leads, view, since }: Readonly<Record<string, unknown>>): CallSearch {
  if (leads === undefined || leads === null) return {};
  const began = typeof since === 'string' && !Number.isNaN(Date.parse(since)) ? since : undefined;
  return { leads: String(leads), ...(typeof view === 'string' && { view }), ...(began && { since: began }) };
}
