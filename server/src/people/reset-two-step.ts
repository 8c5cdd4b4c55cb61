import type { Tx } from '../platform/database/transaction.ts';
import { endSessionsOf } from '../workspaces/access/session-store.ts';
import type { Member } from '../workspaces/reference-data.ts';
import { removeTotp } from './user-store.ts';

/** Turns off a person's two-step sign-in and ends all their sessions, in every workspace. */
export async function resetTwoStep(tx: Tx, { user_id = '' }: Pick<Member, 'user_id'>): Promise<void> {
  await removeTotp(tx, user_id);
  await endSessionsOf(tx, user_id, null);
}
