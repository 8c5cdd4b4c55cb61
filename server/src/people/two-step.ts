import { randomInt } from 'node:crypto';
import { generateSecret, generateURI, verify } from 'otplib';
import type { Tx } from '../platform/database/transaction.ts';
import type { Keyring } from '../secrets/keyring.ts';
import { ownerOf } from '../secrets/secret-store.ts';
import type { Account } from '../workspaces/access/account-store.ts';
import { hashSecret } from '../workspaces/tokens/token-store.ts';
import { spendRecoveryCode, spendTotpStep } from './two-step-store.ts';

/** Codes of the previous and the next period are accepted too, because the clocks of phones differ. */
const TOLERANCE_SECONDS = 30;
const CODES = 10;
/** Letters and digits that are not easily confused. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Creates a secret for an authenticator app, and the URI for its QR code. */
export function newTotp(email: string): { secret: string; uri: string } {
  const secret = generateSecret();
  return { secret, uri: generateURI({ issuer: 'Leadwell', label: email, secret }) };
}

/** Checks a code and marks it as used, since each code works only once. Recovery codes are accepted too. */
export async function consumeCode(
  tx: Tx,
  account: Account,
  sent: string,
  { now, keyring }: { now: Date; keyring: Keyring },
): Promise<boolean> {
  const code = sent.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (!/^\d{6}$/.test(code)) return spendRecoveryCode(tx, account.id, hashSecret(code));
  if (!account.totp_secret) return false;
  const epoch = Math.floor(now.getTime() / 1000);
  const seen = await verify({
    secret: keyring.decrypt(account.totp_secret, ownerOf.account(account.id)).toString(),
    token: code,
    epoch,
    epochTolerance: TOLERANCE_SECONDS,
    ...(account.totp_last_step !== null && { afterTimeStep: account.totp_last_step }),
  });
  return seen.valid && 'timeStep' in seen && spendTotpStep(tx, account.id, seen.timeStep);
}

/** Creates recovery codes, which are shown only once. */
export function newRecoveryCodes(): string[] {
  const letter = () => LETTERS[randomInt(LETTERS.length)] ?? '';
  const part = () => Array.from({ length: 4 }, letter).join('');
  return Array.from({ length: CODES }, () => [part(), part(), part(), part()].join('-'));
}

/** Hashes a recovery code; only the hash is stored. */
export function hashRecoveryCode(code: string): Buffer {
  return hashSecret(code.replaceAll('-', ''));
}
