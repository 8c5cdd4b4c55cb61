import type { Member, ReferenceData } from '../dialect.ts';
import type { SentValue } from './read-values.ts';
import { DEFAULT_STATUS } from './wire.ts';

/** The active member whose e-mail address, username or name is the given `lead_owner`. */
export function findOwner(referenceData: ReferenceData, name: string): Member | undefined {
  const member =
    referenceData.find('member', { by: 'email', value: name }) ??
    referenceData.find('member', { by: 'username', value: name }) ??
    referenceData.find('member', { by: 'name', value: name });
  return member?.active ? member : undefined;
}

/**
 * The id of the status with this name. A blank name means the workspace's default status, and so does `Lead`, unless a
 * status has that name.
 */
export function findStatusId(referenceData: ReferenceData, name: SentValue): string | undefined {
  const text = typeof name === 'string' ? name.trim() : '';
  const known = referenceData.find('status', { by: 'name', value: text });
  const isDefault = text === '' || text.toLowerCase() === DEFAULT_STATUS.toLowerCase();
  return known?.id ?? (isDefault ? defaultStatusId(referenceData) : undefined);
}

/** The id of the workspace's default status, for leads sent without one. */
export function defaultStatusId(referenceData: ReferenceData): string | undefined {
  return referenceData.all('status').find((status) => status.is_default)?.id;
}
