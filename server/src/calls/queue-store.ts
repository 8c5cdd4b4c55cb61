import { leadNameInSql } from '../leads/lead-name.ts';
import { notToCallInSql } from '../leads/lead-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';
import { type Call, callColumns } from './call-store.ts';

/** A waiting call, with the facts about its lead that decide whether it may be made. */
export interface Offer extends Call {
  rank: number;
  lead_name: string;
  company_name: string | null;
  lead_phone: string | null;
  phone_sent: string | null;
  do_not_call_since: Date | null;
  first_reply_at: Date | null;
  lead_created_at: Date;
  lead_type_id: string | null;
  city: string | null;
  state_name: string | null;
}

/** Conditions for the calls to offer. */
export interface Wanted {
  now: Date;
  /** Undefined for any type. */
  typeId?: string | undefined;
  /** Limits which leads the agent sees; undefined for all. */
  visibility?: Visibility | undefined;
}

/** SQL for the time since which a call's number must not be called, whichever lead asked for this. */
const notToCall = `coalesce(l.do_not_call_since, ${notToCallInSql('c.workspace_id', 'c.phone')})`;

const ofCall = callColumns
  .split(', ')
  .map((column) => `c.${column}`)
  .join(', ');
const offer = `${ofCall}, c.rank, ${leadNameInSql} AS lead_name,
  l.company_name, l.phone AS lead_phone, l.phone_sent, ${notToCall} AS do_not_call_since, l.first_reply_at,
  l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name`;

/** SQL that checks that neither the call nor another call of its lead is claimed; $2 is the current time. */
const isFree = (c: string) => `(${c}.state = 'pending' OR (${c}.state = 'claimed' AND ${c}.claim_expires_at <= $2))
  AND NOT EXISTS (SELECT 1 FROM calls o WHERE o.workspace_id = ${c}.workspace_id AND o.lead_id = ${c}.lead_id
    AND o.id <> ${c}.id AND o.state = 'claimed' AND o.claim_expires_at > $2)`;
const isWaiting = "c.state IN ('pending', 'claimed')";

/** How many due calls of a rank are searched before the agent's own leads are queried instead. */
const WINDOW = 500;

/** The ranks of waiting calls, most urgent first. Ranks derive from the lead types' priorities, so there are few. */
export async function waitingRanks(tx: Tx): Promise<number[]> {
  const rows = await tx.query<{ rank: number }>(
    `WITH RECURSIVE ranks AS (
       (SELECT c.rank FROM calls c WHERE c.workspace_id = $1 AND ${isWaiting} ORDER BY c.rank LIMIT 1)
       UNION ALL
       SELECT (SELECT c.rank FROM calls c WHERE c.workspace_id = $1 AND ${isWaiting} AND c.rank > ranks.rank
         ORDER BY c.rank LIMIT 1) FROM ranks WHERE ranks.rank IS NOT NULL
     ) SELECT rank FROM ranks WHERE rank IS NOT NULL`,
    [tx.workspaceId],
    { name: 'waiting_ranks' },
  );
  return rows.map(({ rank }) => rank);
}

/**
 * Due, unclaimed calls of one rank, earliest first. For an agent who sees only some leads, the beginning of the queue
 * is searched first; if it contains none of theirs, their own leads are queried instead. Both are bounded.
 */
export async function dueOfRank(tx: Tx, rank: number, wanted: Wanted, limit: number): Promise<Offer[]> {
  const where = new Conditions(tx.workspaceId, 'l');
  const now = where.param(wanted.now);
  const [ranked, most] = [where.param(rank), where.param(limit)];
  const typed = wanted.typeId ? [`type_id = ${where.param(wanted.typeId)}`] : [];
  where.visible(wanted.visibility, 'l');
  const due = (c: string) =>
    [`rank = ${ranked}`, `offer_at <= ${now}`, ...typed].map((condition) => `${c}.${condition}`).join(' AND ');
  const window = await tx.query<Offer>(
    `SELECT ${offer} FROM (
       SELECT * FROM calls w WHERE w.workspace_id = $1 AND ${due('w')} AND w.state IN ('pending', 'claimed') AND ${isFree('w')}
       ORDER BY w.offer_at, w.id LIMIT ${wanted.visibility ? WINDOW : limit}
     ) c JOIN leads l ON l.workspace_id = c.workspace_id AND l.id = c.lead_id
     WHERE ${where.sql()} ORDER BY c.offer_at, c.id LIMIT ${most}`,
    where.params,
  );
  if (window.length > 0 || !wanted.visibility) return window;
  return tx.query<Offer>(
    `WITH mine AS MATERIALIZED (SELECT l.id FROM leads l WHERE ${where.sql()})
     SELECT ${offer} FROM mine JOIN calls c ON c.workspace_id = $1 AND c.lead_id = mine.id
       JOIN leads l ON l.workspace_id = $1 AND l.id = mine.id
     WHERE ${due('c')} AND ${isWaiting} AND ${isFree('c')} ORDER BY c.offer_at, c.id LIMIT ${most}`,
    where.params,
  );
}

/** Calls scheduled for later, soonest first. */
export async function upcoming(tx: Tx, wanted: Wanted, limit: number): Promise<Offer[]> {
  const where = new Conditions(tx.workspaceId, 'l');
  const now = where.param(wanted.now);
  where.add(`${notToCall} IS NULL`).visible(wanted.visibility, 'l');
  return tx.query<Offer>(
    `SELECT ${offer} FROM (
       SELECT * FROM calls w WHERE w.workspace_id = $1 AND w.offer_at > ${now} AND w.state = 'pending'
       ORDER BY w.offer_at, w.id LIMIT ${WINDOW}
     ) c JOIN leads l ON l.workspace_id = c.workspace_id AND l.id = c.lead_id
     WHERE ${where.sql()} ORDER BY c.offer_at, c.id LIMIT ${where.param(limit)}`,
    where.params,
  );
}

/** A particular call, or the first waiting call of a lead, no matter when it is due. */
export async function findOffer(
  tx: Tx,
  by: { callId?: string | undefined; leadId?: string | undefined },
  wanted: Wanted,
): Promise<Offer | undefined> {
  const where = new Conditions(tx.workspaceId, 'c');
  where.param(wanted.now);
  if (by.callId) where.add(`c.id = ${where.param(by.callId)}`);
  if (by.leadId) where.add(`c.lead_id = ${where.param(by.leadId)}`);
  where.add(isWaiting).visible(wanted.visibility, 'l');
  const [found] = await tx.query<Offer>(
    `SELECT ${offer} FROM calls c JOIN leads l ON l.workspace_id = c.workspace_id AND l.id = c.lead_id
     WHERE ${where.sql()} ORDER BY ${isFree('c')} DESC, c.rank, c.offer_at, c.id LIMIT 1`,
    where.params,
  );
  return found;
}

/** Locks the first of these calls that is free, together with its lead. */
export async function lockFirstFree(tx: Tx, ids: readonly string[], now: Date): Promise<string | undefined> {
  const [first] = await tx.query<{ id: string }>(
    `SELECT c.id FROM unnest($3::uuid[]) WITH ORDINALITY AS wanted (id, place)
       JOIN calls c ON c.workspace_id = $1 AND c.id = wanted.id
       JOIN leads l ON l.workspace_id = $1 AND l.id = c.lead_id
     WHERE ${isFree('c')} AND ${notToCall} IS NULL
     ORDER BY wanted.place LIMIT 1 FOR NO KEY UPDATE OF c, l SKIP LOCKED`,
    [tx.workspaceId, now, ids],
  );
  return first?.id;
}

/** The holder and duration of a claim. */
export interface Claim {
  claimId: string;
  by: string;
  memberId: string | null;
  now: Date;
  expiresAt: Date;
}

/** Claims a locked call, unless another call of its lead has been claimed in the meantime. */
export async function takeCall(tx: Tx, id: string, claim: Claim): Promise<Call | undefined> {
  const [call] = await tx.query<Call>(
    `UPDATE calls c SET state = 'claimed', claim_id = $4, claimed_by = $5, claim_expires_at = $6, member_id = $7,
       started_at = NULL, updated_at = $2
     WHERE c.workspace_id = $1 AND c.id = $3 AND ${isFree('c')} RETURNING ${callColumns}`,
    [tx.workspaceId, claim.now, id, claim.claimId, claim.by, claim.expiresAt, claim.memberId],
  );
  return call;
}

/** Postpones calls until their leads may be called. Calls that somebody is working on are left alone. */
export async function putOff(tx: Tx, calls: readonly { id: string; until: Date }[]): Promise<void> {
  await tx.query(
    `UPDATE calls SET offer_at = put.until FROM (
       SELECT c.id, wanted.until FROM unnest($2::uuid[], $3::timestamptz[]) AS wanted (id, until)
       JOIN calls c ON c.workspace_id = $1 AND c.id = wanted.id WHERE c.state = 'pending' FOR UPDATE OF c SKIP LOCKED
     ) AS put WHERE calls.workspace_id = $1 AND calls.id = put.id`,
    [tx.workspaceId, calls.map(({ id }) => id), calls.map(({ until }) => until)],
  );
}

export async function claimOf(tx: Tx, memberId: string): Promise<Call | undefined> {
  const [call] = await tx.query<Call>(
    `SELECT ${callColumns} FROM calls WHERE workspace_id = $1 AND member_id = $2 AND state = 'claimed'
     ORDER BY claim_expires_at DESC LIMIT 1`,
    [tx.workspaceId, memberId],
  );
  return call;
}
