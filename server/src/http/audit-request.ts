import type { FastifyRequest } from 'fastify';
import type { Tx } from '../platform/database/transaction.ts';
import { type AuditAction, audit } from '../workspaces/audit/audit-store.ts';
import { actorIn, contextOf } from './request-context.ts';

/** Adds an entry to the audit log, in the same transaction as the action itself. `detail` must not contain secrets. */
export async function auditRequest(
  tx: Tx,
  request: FastifyRequest,
  action: AuditAction,
  detail?: Readonly<Record<string, unknown>>,
): Promise<void> {
  await audit(tx, { actor: actorIn(request), action, ...(detail && { detail }) }, contextOf(request).at);
}
