import type { Tx } from '../../platform/database/transaction.ts';
import { type Visibility, visibilitySettings } from './visibility.ts';

const everything = { 'leadwell.sees': '', 'leadwell.departments': '' };

/** Limits the rest of the transaction to visible leads; undefined for all. */
async function setVisibility(tx: Tx, visibility: Visibility | undefined): Promise<void> {
  const settings = Object.entries(visibility ? visibilitySettings(visibility) : everything);
  await tx.query(
    'SELECT set_config(name, value, true) FROM unnest($1::text[], $2::text[]) AS setting (name, value)',
    [settings.map(([name]) => name), settings.map(([, value]) => value)],
    { name: 'set_visibility' },
  );
}

/** Reads with the transaction limited to visible leads; afterwards it sees all again. */
export async function asSeenBy<T>(tx: Tx, visibility: Visibility | undefined, read: () => Promise<T>): Promise<T> {
  const [, found] = await Promise.all([setVisibility(tx, visibility), read()]);
  await setVisibility(tx, undefined);
  return found;
}
