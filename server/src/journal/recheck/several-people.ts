import { mayBeOnePerson } from '../../leads/lead-name.ts';
import { identityOf } from '../../platform/phone/show-phone.ts';
import type { Sent } from './read-sent.ts';
import type { Checked } from './recheck-store.ts';

/** Whether a lead's requests may be from different people, because they were matched by a phone that is not certain. */
export function mayHoldSeveral({ phone, phone_keys, touch_count }: Checked): boolean {
  const known = [...phone_keys.map((value) => value.replace(/;ext=.*$/, '')), ...(phone ? [phone] : [])];
  return touch_count > 1 && known.some((value) => identityOf(value) !== 'certain');
}

/**
 * Describes the people behind a lead's requests if these have nothing certain in common, such as an email, and differ
 * in name; empty if there is only one person. Only a human can separate them.
 */
export function severalPeople(lead: Checked, arrived: readonly Sent[]): string[] {
  if (!mayHoldSeveral(lead)) return [];
  const groups: Sent[][] = [];
  for (const one of [...arrived].reverse()) {
    const joined = groups.filter((group) => group.some((other) => areOne(one, other)));
    for (const group of joined) groups.splice(groups.indexOf(group), 1);
    groups.push([...joined.flat(), one]);
  }
  return groups.length > 1 ? groups.map(wordGroup) : [];
}

function areOne({ facts: a }: Sent, { facts: b }: Sent): boolean {
  const isShared = a.matchKeys.some(
    ({ value, isCertain }) => isCertain && b.matchKeys.some((key) => key.value === value),
  );
  return isShared || mayBeOnePerson(a.values.name, b.values.name);
}

function wordGroup(group: readonly Sent[]): string {
  const said = group.flatMap(({ facts: { values } }) => [values.name, values.email]).filter(Boolean);
  const times = group.length === 1 ? 'once' : `${group.length} times`;
  return `${[...new Set(said)].join(', ') || 'nobody named'} (${times})`;
}
