import { pgJson } from '../platform/database/pg-json.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { fold } from '../platform/fold/fold.ts';
import { typeId } from '../platform/ids.ts';
import type { MailBody } from './compose.ts';
import type { MailKindName } from './mail-kinds.ts';

export const mailStates = ['queued', 'held', 'collected', 'sent', 'refused', 'failed', 'unsent'] as const;
export type MailState = (typeof mailStates)[number];

/** A message in the outbox. */
export interface Mail {
  id: string;
  kind: MailKindName;
  state: MailState;
  member_id: string | null;
  lead_id: string | null;
  to_name: string;
  to_email: string;
  subject: string;
  body: MailBody;
  message_id: string;
  attempts: number;
  reason: string | null;
  created_at: Date;
  sent_at: Date | null;
}

const columns = `id, kind, state, member_id, lead_id, to_name, to_email, subject, body, message_id, attempts, reason,
  created_at, sent_at`;

/** Stores a message. Returns false if one already exists for this occasion. */
export async function insertMail(
  tx: Tx,
  mail: Omit<Mail, 'attempts' | 'sent_at'> & { cause: string; due_at: Date },
): Promise<boolean> {
  const stored = await tx.execute(
    `INSERT INTO mails (workspace_id, id, kind, state, cause, member_id, lead_id, to_name, to_email, folded_email, subject,
       body, message_id, created_at, due_at, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT (workspace_id, cause) DO NOTHING`,
    [
      tx.workspaceId,
      mail.id,
      mail.kind,
      mail.state,
      mail.cause,
      mail.member_id,
      mail.lead_id,
      mail.to_name,
      mail.to_email,
      fold(mail.to_email),
      mail.subject,
      pgJson(mail.body),
      mail.message_id,
      mail.created_at,
      mail.due_at,
      mail.reason,
    ],
  );
  return stored > 0;
}

/**
 * How many messages of these kinds an address has been given since a time, not counting collected ones. Locks the
 * address until the end of the transaction, so that two transactions cannot both find room for one last message.
 */
export async function countTo(tx: Tx, email: string, kinds: readonly string[], since: Date): Promise<number> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 28))', [`${tx.workspaceId} ${fold(email)}`]);
  const [row] = await tx.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM mails WHERE workspace_id = $1 AND folded_email = $2 AND created_at > $3
       AND kind = ANY ($4) AND state IN ('queued', 'sent', 'unsent')`,
    [tx.workspaceId, fold(email), since, kinds],
  );
  return row?.count ?? 0;
}

/**
 * When the next message to a lead may be sent, so that no more than `most` are sent in any hour. Only one transaction
 * per workspace may call this at a time, and each message must be stored before the next call.
 */
export async function nextLeadMessageAt(tx: Tx, most: number, now: Date): Promise<Date> {
  const [row] = await tx.query<{ at: Date }>(
    `SELECT due_at + interval '1 hour' AS at FROM mails
     WHERE workspace_id = $1 AND kind = 'lead_message' AND due_at IS NOT NULL AND state <> 'unsent'
     ORDER BY due_at DESC OFFSET $2 LIMIT 1`,
    [tx.workspaceId, most - 1],
  );
  return row && row.at > now ? row.at : now;
}

/** Reads and locks the held messages to an address, oldest first. */
export async function lockHeld(tx: Tx, email: string): Promise<Mail[]> {
  return tx.query<Mail>(
    `SELECT ${columns} FROM mails WHERE workspace_id = $1 AND folded_email = $2 AND state = 'held' ORDER BY id FOR UPDATE`,
    [tx.workspaceId, fold(email)],
  );
}

export async function getMail(tx: Tx, id: string): Promise<Mail | undefined> {
  const [row] = await tx.query<Mail>(`SELECT ${columns} FROM mails WHERE workspace_id = $1 AND id = $2`, [
    tx.workspaceId,
    id,
  ]);
  return row;
}

/** Messages of the outbox, newest first. */
export async function listMails(
  tx: Tx,
  limit: number,
  {
    after,
    state,
    kind,
  }: { after?: string | undefined; state?: MailState | undefined; kind?: MailKindName | undefined },
): Promise<Mail[]> {
  return tx.query<Mail>(
    `SELECT ${columns} FROM mails WHERE workspace_id = $1 AND ($2::uuid IS NULL OR id < $2)
       AND ($3::text IS NULL OR state = $3) AND ($4::text IS NULL OR kind = $4) ORDER BY id DESC LIMIT $5`,
    [tx.workspaceId, after ?? null, state ?? null, kind ?? null, limit],
  );
}

/** Stores the outcome of an attempt to send a message. */
export async function saveMail(
  tx: Tx,
  id: string,
  { state, reason, attempts, sent_at }: Pick<Mail, 'state' | 'reason' | 'attempts' | 'sent_at'>,
): Promise<void> {
  await tx.query(
    'UPDATE mails SET state = $3, reason = $4, attempts = $5, sent_at = $6 WHERE workspace_id = $1 AND id = $2',
    [tx.workspaceId, id, state, reason, attempts, sent_at],
  );
}

/** Stores the body of a collection and marks the held messages in it as collected. */
export async function saveCollection(tx: Tx, id: string, body: MailBody, held: readonly string[]): Promise<void> {
  await tx.query('UPDATE mails SET body = $3 WHERE workspace_id = $1 AND id = $2', [tx.workspaceId, id, pgJson(body)]);
  await tx.query("UPDATE mails SET state = 'collected' WHERE workspace_id = $1 AND id = ANY ($2)", [
    tx.workspaceId,
    held,
  ]);
}

/** Removes messages to a lead, and messages that mention it, such as notices and digests to members. */
export async function removeMailAbout(tx: Tx, leadId: string): Promise<void> {
  await tx.query('DELETE FROM mails WHERE workspace_id = $1 AND (lead_id = $2 OR position($3 IN body::text) > 0)', [
    tx.workspaceId,
    leadId,
    typeId('lead', leadId),
  ]);
}
