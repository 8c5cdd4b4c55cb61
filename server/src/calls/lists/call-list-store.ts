import { leadNameInSql } from '../../leads/lead-name.ts';
import { notToCallInSql } from '../../leads/lead-store.ts';
import { pgArray } from '../../platform/database/pg-array.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { Conditions } from '../../workspaces/access/conditions.ts';
import type { Visibility } from '../../workspaces/access/visibility.ts';

/** A lead of a list with the facts that decide whether it may be called now. */
export interface ListedLead {
  id: string;
  name: string;
  company_name: string | null;
  /** The number to call: that of the waiting call, otherwise the lead's own. */
  phone: string | null;
  do_not_call_since: Date | null;
  city: string | null;
  state_name: string | null;
  /** The type whose calling hours apply. */
  type_id: string | null;
  /** The lead's waiting call; null if none is planned. */
  call_id: string | null;
  /** The time of the waiting call, if it is a callback agreed with the lead. */
  callback_at: Date | null;
  /** Who is working on the lead at the moment: a member's id, or `somebody`. */
  held_by: string | null;
  /** Whether the lead was recently called or skipped. */
  is_done: boolean;
}

/** Defines how recent a call or skip must be for the lead to be passed over. */
export interface Recency {
  now: Date;
  /** Leads called since then are not called again. */
  calledSince: Date;
  /** Leads skipped since then are not offered again. */
  skippedSince: Date;
}

const phone = 'coalesce(c.phone, l.phone, l.other_phone)';

/** The facts about these leads, in the given order; leads that the agent does not see are left out. */
export async function readListed(
  tx: Tx,
  ids: readonly string[],
  { now, calledSince, skippedSince }: Recency,
  visibility?: Visibility,
): Promise<ListedLead[]> {
  const where = new Conditions(tx.workspaceId, 'l');
  const wanted = where.param(pgArray(ids));
  const [at, called, skipped] = [where.param(now), where.param(calledSince), where.param(skippedSince)];
  where.visible(visibility, 'l');
  return tx.query<ListedLead>(
    `SELECT l.id, ${leadNameInSql} AS name, l.company_name, ${phone} AS phone, l.city, l.state AS state_name,
       coalesce(l.do_not_call_since, ${notToCallInSql('l.workspace_id', phone)}) AS do_not_call_since,
       coalesce(c.type_id, l.type_id) AS type_id, c.id AS call_id, CASE WHEN c.callback THEN c.due_at END AS callback_at,
       (SELECT coalesce(h.member_id::text, 'somebody') FROM calls h WHERE h.workspace_id = $1 AND h.lead_id = l.id
          AND h.state = 'claimed' AND h.claim_expires_at > ${at} LIMIT 1) AS held_by,
       EXISTS (SELECT 1 FROM calls d WHERE d.workspace_id = $1 AND d.lead_id = l.id
         AND (d.ended_at >= ${called} OR d.skips > 0 AND d.state IN ('pending', 'cancelled') AND d.updated_at >= ${skipped})) AS is_done
     FROM unnest(${wanted}::uuid[]) WITH ORDINALITY AS wanted (id, place)
       JOIN leads l ON l.workspace_id = $1 AND l.id = wanted.id
       LEFT JOIN LATERAL (SELECT w.id, w.phone, w.type_id, w.callback, w.due_at FROM calls w
         WHERE w.workspace_id = $1 AND w.lead_id = l.id AND w.state IN ('pending', 'claimed')
         ORDER BY w.rank, w.offer_at, w.id LIMIT 1) AS c ON true
     WHERE ${where.sql()} ORDER BY wanted.place`,
    where.params,
  );
}

/** Locks a lead, unless somebody else is changing it at the moment. */
export async function lockLead(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query(
    'SELECT id FROM leads WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE SKIP LOCKED',
    [tx.workspaceId, id],
  );
  return rows.length > 0;
}
