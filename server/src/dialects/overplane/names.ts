import type { Member, ReferenceData } from '../dialect.ts';
import type { Sent } from './read-values.ts';
import { DEFAULT_STATUS } from './wire.ts';

/** The member that a `lead_owner` names by e-mail, username or name. Nobody is given leads after having left. */
export function findOwner(referenceData: ReferenceData, name: string): Member | undefined {
  const member =
    referenceData.find('member', { by: 'email', value: name }) ??
    referenceData.find('member', { by: 'username', value: name }) ??
    referenceData.find('member', { by: 'name', value: name });
  return member?.active ? member : undefined;
}

/** The status that a `status` names. `Lead`, and no name at all, stand for the workspace's first status. */
export function findStatusId(referenceData: ReferenceData, name: Sent): string | undefined {
  const text = typeof name === 'string' ? name.trim() : '';
  const known = referenceData.find('status', { by: 'name', value: text });
  const isDefault = text === '' || text.toLowerCase() === DEFAULT_STATUS.toLowerCase();
  return known?.id ?? (isDefault ? defaultStatusId(referenceData) : undefined);
}

/** The status of a lead that says none. */
export function defaultStatusId(referenceData: ReferenceData): string | undefined {
  return referenceData.all('status').find((status) => status.is_default)?.id;
}
