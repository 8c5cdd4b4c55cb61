import { editDistance } from '../platform/edit-distance.ts';
import { fold } from '../platform/fold/fold.ts';
import type { Lead } from './lead.ts';

/** One-line display name of a lead: its name, or else its company, phone, email or number. */
export function nameOf(lead: Pick<Lead, 'name' | 'company_name' | 'phone' | 'email' | 'number'>): string {
  return lead.name ?? lead.company_name ?? lead.phone ?? lead.email ?? `Lead ${lead.number}`;
}

/** `nameOf` as SQL, for leads joined as `l`; null if no lead is joined. */
export const leadNameInSql = `coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number)`;

/** Whether a dialect made up the name from other fields, in which case a real name replaces it. */
export function isDerivedName({ name, dialect_fields }: Pick<Lead, 'name' | 'dialect_fields'>): boolean {
  return name !== null && Object.values(dialect_fields).some(({ _derived_name }) => _derived_name === name);
}

/** The name; undefined if it was made up from other fields, because such a name does not identify the person. */
export function knownName(lead: Pick<Lead, 'name' | 'dialect_fields'>): string | undefined {
  return isDerivedName(lead) ? undefined : (lead.name ?? undefined);
}

/** Words before a name that do not help to identify the person. */
const SALUTATION = /^(?:mr|mrs|ms|miss|mx|dr|prof|sir|madam|herr|frau|hr|fr|mme|mlle|sr|sra|sri|smt|shri)\.?$/;

/** Whether two names may belong to one person; a missing name is compatible with any other. */
export function mayBeOnePerson(one: string | null | undefined, other: string | null | undefined): boolean {
  return compareNames(one, other) !== 'unlike';
}

/**
 * `alike`: the first names are the same, or every word of the shorter name occurs in the longer one. Typing errors,
 * initials, word order and salutations make no difference; two brothers are `unlike`. `unknown`: a name is missing.
 */
export function compareNames(
  one: string | null | undefined,
  other: string | null | undefined,
): 'alike' | 'unlike' | 'unknown' {
  const [short, long] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length);
  if (!short?.length || !long) return 'unknown';
  if (isAlike(short[0], long[0])) return 'alike';
  return short.every((word) => long.some((another) => isAlike(word, another))) ? 'alike' : 'unlike';
}

function wordsOf(name: string | null | undefined): string[] {
  return fold(name ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}]+/u)
    .filter((word) => word && !SALUTATION.test(word));
}

function isAlike(one = '', other = ''): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (long.startsWith(short) && (short.length !== 2 || long.length === 2)) return true;
  if (long.length > 3 && isSwapped(one, other)) return true;
  const slips = long.length > 7 ? 2 : long.length > 3 ? 1 : 0;
  return long.length - short.length <= slips && editDistance(short, long) <= slips;
}

/** Whether two neighbouring letters changed places, and nothing else: Brian and Brina, but not Leon and Noel. */
function isSwapped(one: string, other: string): boolean {
  const at = [...one].findIndex((_, index) => one[index] !== other[index]);
  return one.slice(0, at) + one[at + 1] + one[at] + one.slice(at + 2) === other;
}
