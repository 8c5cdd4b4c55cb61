import type { Database } from '../platform/database/database.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { operatorError } from '../platform/operator-error.ts';
import { type KeySources, keyFileIn, makeKeyFile, readKeys } from './key-file.ts';
import { type Keyring, openKeyring } from './keyring.ts';
import {
  addKey,
  countByKey,
  lockKeys,
  type Outdated,
  outdatedSecrets,
  removeOtherKeys,
  replaceSecret,
  type SecretPlace,
  secretPlaces,
} from './secret-store.ts';

interface Options {
  now: Date;
  /** Called with the path of a newly created key file. */
  onMade(file: string): void;
}

/**
 * Opens the keyring of a starting server: creates a key for a new database, throws if a secret cannot be read, and
 * encrypts secrets that are in plain text or were encrypted with an older key. `owner` acts as the owner role.
 */
export async function prepareSecrets(owner: Database, sources: KeySources, options: Options): Promise<Keyring> {
  const keyring = await owner.global((tx) => openFor(tx, sources, options));
  for (const place of secretPlaces) await encryptPlace(owner, place, keyring);
  await owner.global(async (tx) => {
    await lockKeys(tx);
    await removeOtherKeys(tx, keyring.current);
  });
  return keyring;
}

/** Without the lock, two servers could each create a key of their own. */
async function openFor(tx: Tx, sources: KeySources, { now, onMade }: Options): Promise<Keyring> {
  const known = await lockKeys(tx);
  const used = [...(await countByKey(tx)).keys()].flatMap((key) => key ?? []);
  let keys = await readKeys(sources);
  if (keys.length === 0 && known.length + used.length === 0) {
    keys = await makeKeyFile(sources.dataDir);
    onMade(keyFileIn(sources.dataDir));
  }
  const keyring = keys.length > 0 ? openKeyring(keys) : undefined;
  const missing = [...new Set([...known, ...used])].filter((key) => !keyring?.ids.includes(key));
  if (!keyring || missing.length > 0) throw keyMissing(missing, sources.dataDir);
  await addKey(tx, keyring.current, now);
  return keyring;
}

function keyMissing(missing: readonly string[], dataDir: string): Error {
  return operatorError(
    `Secrets in this database are encrypted with the key ${missing.join(' and ')}, which is neither in SECRET_KEY nor in ` +
      `${keyFileIn(dataDir)}. Give this server that key: it is in SECRET_KEY or the file secret.key of the server that ` +
      'used this database before, or of the others that use it now. If it is lost, run "leadwell secrets forget".',
  );
}

async function encryptPlace(owner: Database, place: SecretPlace, keyring: Keyring): Promise<void> {
  const work = async (tx: Tx) => {
    const outdated = await outdatedSecrets(tx, place, [keyring.current]);
    for (const one of outdated) await replaceSecret(tx, place, one, encryptAgain(one, place.owner(one.id), keyring));
    return outdated.length;
  };
  while ((await owner.global(work)) > 0);
}

function encryptAgain({ plain, stored }: Outdated, owner: string, keyring: Keyring) {
  if (stored) return keyring.encrypt(keyring.decrypt(stored, owner), owner);
  return plain === null ? null : keyring.encrypt(Buffer.from(plain as string), owner);
}
