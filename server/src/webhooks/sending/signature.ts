import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** Creates a secret. */
export function newSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

/** A secret as it is shown to its receiver. */
export function showSecret(secret: Buffer): string {
  return PREFIX + secret.toString('base64');
}

/** The parts of a message that are signed. */
export interface Signed {
  id: string;
  /** In whole seconds since 1970. */
  timestamp: number;
  body: string;
}

/** The `webhook-signature` header of Standard Webhooks 1.0: one signature for each secret, separated by spaces. */
export function signature(secrets: readonly Buffer[], { id, timestamp, body }: Signed): string {
  return secrets
    .map((secret) => `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`)
    .join(' ');
}
