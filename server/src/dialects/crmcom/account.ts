import type { OneKey } from './identifiers.ts';
import { fromHexId, keyOf } from './identifiers.ts';
import { type LeadRequest, readField } from './lead-request.ts';
import { objectNames } from './wire.ts';

const keys = ['number', 'id'];

/**
 * Reads the contact's accounts receivable. The account lives in the sender's billing system, so only its number or id
 * is stored; as a contact key it distinguishes customers from other contacts.
 */
export function readAccount(request: LeadRequest): void {
  const { at, value } = readField(request, objectNames.account);
  if (value === undefined) return;
  if (value === null) {
    request.memory.set('accounts_receivable', null).set('accounts_receivable_key', null);
    return;
  }
  const given = keyOf(request.fieldRules, keys, at, value);
  if (!given) return;
  const key = accountKey(given);
  request.memory.set('accounts_receivable', { [given.key]: given.value }).set('accounts_receivable_key', key);
  request.contactKeys.push({ kind: 'accounts_receivable', value: key });
}

/** The normalised form in which accounts receivable are stored and looked up. */
export function accountKey({ key, value }: OneKey): string {
  return (key === 'id' ? (fromHexId(value)?.replaceAll('-', '') ?? value) : value).toUpperCase();
}
