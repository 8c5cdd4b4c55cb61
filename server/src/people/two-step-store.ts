import { touches } from '../events/screens.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Encrypted } from '../secrets/keyring.ts';

/** Stores a secret until its first code is confirmed. A secret already in use is not replaced. */
export async function proposeTotp(tx: Tx, id: string, secret: Encrypted): Promise<boolean> {
  return (
    (await tx.execute('UPDATE users SET totp_secret = $2 WHERE id = $1 AND totp_confirmed_at IS NULL', [id, secret])) >
    0
  );
}

/** Turns on two-step sign-in. */
export async function confirmTotp(tx: Tx, id: string, recovery: readonly Buffer[], now: Date): Promise<void> {
  touches(tx, 'people');
  await tx.query('UPDATE users SET totp_confirmed_at = $2, recovery_hashes = $3 WHERE id = $1', [id, now, recovery]);
}

/** Turns off two-step sign-in. */
export async function removeTotp(tx: Tx, id: string): Promise<void> {
  touches(tx, 'people');
  await tx.query(
    `UPDATE users SET totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = NULL, recovery_hashes = '{}'
     WHERE id = $1`,
    [id],
  );
}

/**
 * Marks the time step of a code as used. Returns false if this or a later step has been used already, even by a
 * concurrent request.
 */
export async function spendTotpStep(tx: Tx, id: string, step: number): Promise<boolean> {
  const used = await tx.execute(
    'UPDATE users SET totp_last_step = $2 WHERE id = $1 AND (totp_last_step IS NULL OR totp_last_step < $2)',
    [id, step],
  );
  return used > 0;
}

/** Marks a recovery code as used. Returns false if there is no such code. */
export async function spendRecoveryCode(tx: Tx, id: string, hash: Buffer): Promise<boolean> {
  const used = await tx.execute(
    'UPDATE users SET recovery_hashes = array_remove(recovery_hashes, $2) WHERE id = $1 AND $2 = ANY(recovery_hashes)',
    [id, hash],
  );
  return used > 0;
}
