import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { operatorError } from '../platform/operator-error.ts';

/** A secret as stored in the database. */
export type Encrypted = Buffer & { readonly encrypted: true };

/** Encrypts secrets that must be readable again. Secrets that are only compared are stored as hashes instead. */
export interface Keyring {
  /** The id, in hexadecimal, of the key that encrypts. */
  readonly current: string;
  /** The ids of all keys that can decrypt. */
  readonly ids: readonly string[];
  /** `owner` names the row that the secret belongs to; the secret cannot be decrypted for any other row. */
  encrypt(secret: Buffer, owner: string): Encrypted;
  decrypt(stored: Encrypted, owner: string): Buffer;
}

export const KEY_BYTES = 32;
/** The first byte of every encrypted secret, so that the format can be changed later. */
const FORMAT = 1;
const ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCE_AT = 1 + ID_BYTES;
const TEXT_AT = NONCE_AT + NONCE_BYTES;

/** Opens a keyring. The first key encrypts; all of them can decrypt. Each has 32 bytes. */
export function openKeyring(keys: readonly Buffer[]): Keyring {
  const byId = new Map(keys.map((key) => [idOf(key), key]));
  const [current] = byId.keys();
  const first = keys[0];
  if (!first || current === undefined) throw new Error('A keyring needs a key.');
  return {
    current,
    ids: [...byId.keys()],
    encrypt(secret, owner) {
      const nonce = randomBytes(NONCE_BYTES);
      const head = Buffer.concat([Buffer.of(FORMAT), Buffer.from(current, 'hex'), nonce]);
      const cipher = createCipheriv('aes-256-gcm', first, nonce).setAAD(bound(head, owner));
      return Buffer.concat([head, cipher.update(secret), cipher.final(), cipher.getAuthTag()]) as Encrypted;
    },
    decrypt(stored, owner) {
      const key = byId.get(keyIdOf(stored));
      if (!key) throw operatorError(`A secret was encrypted with the key ${keyIdOf(stored)}, which this server lacks.`);
      const head = stored.subarray(0, TEXT_AT);
      const decipher = createDecipheriv('aes-256-gcm', key, stored.subarray(NONCE_AT, TEXT_AT), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(bound(head, owner)).setAuthTag(stored.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(stored.subarray(TEXT_AT, -TAG_BYTES)), decipher.final()]);
    },
  };
}

/** The id, in hexadecimal, of the key that encrypted this secret. */
function keyIdOf(stored: Encrypted): string {
  return stored.subarray(1, NONCE_AT).toString('hex');
}

/** Identifies a key without revealing anything about it. */
function idOf(key: Buffer): string {
  return createHmac('sha256', key)
    .update('leadwell key id')
    .digest('hex')
    .slice(0, 2 * ID_BYTES);
}

function bound(head: Buffer, owner: string): Buffer {
  return Buffer.concat([head.subarray(0, NONCE_AT), Buffer.from(owner)]);
}
