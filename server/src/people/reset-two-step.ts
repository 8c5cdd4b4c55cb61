import type { Tx } from '../platform/database/transaction.ts';
import { endSessionsOf } from '../workspaces/access/session-store.ts';
import type { Member } from '../workspaces/reference-data.ts';
import { removeTotp } from './user-store.ts';

/** Takes the second step of a person away, in every workspace, and ends whatever they are signed in to. */
export async function resetTwoStep(tx: Tx, { user_id = '' }: Pick<Member, 'user_id'>): Promise<void> {
  await removeTotp(tx, user_id);
  await endSessionsOf(tx, user_id, null);
}
