import type { Tx } from '../platform/database/transaction.ts';
import { endSessionsOf } from '../workspaces/access/session-store.ts';
import { removeTotp } from './two-step-store.ts';

/** Turns off an account's two-step sign-in and ends all its sessions, in every workspace. */
export async function resetTwoStep(tx: Tx, userId: string): Promise<void> {
  await removeTotp(tx, userId);
  await endSessionsOf(tx, userId, null);
}
