import type { Tx } from '../platform/database/transaction.ts';
import { listOfLead } from './lead-sublist-store.ts';

/** One submission of a lead, with the submitted fields. */
export interface Touch {
  id: string;
  lead_id: string;
  submission_id: string;
  dialect: string;
  token_id: string | null;
  source_id: string | null;
  fields: Record<string, unknown>;
  at: Date;
}

/** A lead's submissions, newest first; `after` is the id of the last one of the previous page. */
export function listTouches(tx: Tx, leadId: string, limit: number, after?: string): Promise<Touch[]> {
  const columns = 'id, lead_id, submission_id, dialect, token_id, source_id, fields, at';
  return listOfLead(tx, { columns, from: 'touches' }, leadId, limit, after);
}
