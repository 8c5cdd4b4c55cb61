/** Random choices from a seed, so that a week that failed can be repeated. */
export interface Chance {
  /** A whole number below `limit`. */
  below(limit: number): number;
  of<T>(list: readonly T[]): T;
  /** True in `percent` of a hundred cases. */
  in100(percent: number): boolean;
}

/** The generator Mulberry32: small, and the same on every machine. */
export function chanceFrom(seed: number): Chance {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const of = <T>(list: readonly T[]): T => {
    const one = list[below(list.length)];
    if (one === undefined) throw new Error('An empty list.');
    return one;
  };
  return { below, of, in100: (percent) => below(100) < percent };
}

/** A country whose mobile numbers begin with `start`, followed by `more` digits. */
export interface Country {
  region: string;
  code: string;
  trunk: string;
  start: string;
  more: number;
}

const british: Country = { region: 'GB', code: '44', trunk: '0', start: '7412', more: 6 };

export const countries: readonly Country[] = [
  british,
  { region: 'IN', code: '91', trunk: '0', start: '9876', more: 6 },
  { region: 'CY', code: '357', trunk: '', start: '99', more: 6 },
  { region: 'AE', code: '971', trunk: '0', start: '50', more: 7 },
  { region: 'DE', code: '49', trunk: '0', start: '1511', more: 7 },
  { region: 'BR', code: '55', trunk: '0', start: '119', more: 8 },
  { region: 'NG', code: '234', trunk: '0', start: '803', more: 7 },
  { region: 'AU', code: '61', trunk: '0', start: '412', more: 6 },
];

/** A number as it is dialled within its country, without the trunk digit. */
export interface Phone {
  country: Country;
  national: string;
}

/**
 * How a person can be recognised. `phone`: always by one number. `email`: always by one address, with junk for a phone.
 * `family`: by an address, with a phone shared with others. `mailbox`: by a number, with an address shared with others.
 * `office`: by the extension of a number shared with colleagues. `invented`: by an address, with a number that is in no
 * numbering plan and that strangers typed too.
 */
type Kind = 'phone' | 'email' | 'family' | 'mailbox' | 'office' | 'invented';

export interface Person {
  id: number;
  kind: Kind;
  first: string;
  last: string;
  phone: Phone;
  extension?: string;
  second?: Phone;
  email?: string;
  otherEmail?: string;
}

const firsts = [
  ...['Mary', 'Peter', 'Samir', 'Aisha', 'José', 'Zoë', 'Γιώργος', 'İbrahim', 'Hiếu', 'Olga', 'Fiona', 'Chinedu'],
  ...['Ravi', 'Lakshmi', 'Wolfgang', 'Beatriz', 'Thomas', 'Vivian', 'Keanu', 'Quentin', 'Ulrike', 'Nadia'],
];
const lasts = ['Jones', 'Khan', 'Müller', 'García', 'Παπαδόπουλος', 'Çelik', 'Nguyễn', 'Okafor', 'Sharma', 'Silva'];

/** Invents single people and groups until there are `count` people. Groups share nothing, except invented numbers. */
export function inventPeople(count: number, chance: Chance): Person[] {
  const people: Person[] = [];
  while (people.length < count) {
    const kind = chance.of(kinds);
    if (kind === 'phone' || kind === 'email') people.push(somebody(kind, people.length + 1, chance));
    else people.push(...several(kind, people.length + 1, chance));
  }
  return people;
}

/** The members of a household, colleagues, or strangers who typed the same invented number. */
function several(kind: Kind, id: number, chance: Chance): Person[] {
  const phone =
    kind === 'invented' ? invented(id) : phoneOf(3 * id + 2, kind === 'office' ? british : chance.of(countries));
  return Array.from({ length: 2 + chance.below(2) }, (_, at) => ({
    ...somebody(kind, id + at, chance),
    phone,
    ...(kind === 'mailbox' && { phone: phoneOf(3 * (id + at), phone.country), email: `box.${id}@mail.example` }),
    ...(kind === 'office' && { extension: String(11 + at) }),
  }));
}

const kinds: readonly Kind[] = [
  ...(['phone', 'phone', 'phone', 'phone', 'phone'] as const),
  ...(['email', 'email', 'family', 'mailbox', 'office', 'invented'] as const),
];

function somebody(kind: Kind, id: number, chance: Chance): Person {
  const name = { first: firsts[id % firsts.length] ?? '', last: chance.of(lasts) };
  const known = { id, kind, ...name, phone: phoneOf(3 * id, chance.of(countries)) };
  const email = `${kind}.${id}@mail${id % 7}.example`;
  if (kind !== 'phone') return { ...known, email };
  return {
    ...known,
    ...(chance.in100(60) && { email, ...(chance.in100(30) && { otherEmail: `other.${id}@mail.example` }) }),
    ...(chance.in100(25) && { second: phoneOf(3 * id + 1, chance.of(countries)) }),
  };
}

function phoneOf(at: number, country: Country): Phone {
  const digits = String((at * 7919 + 130_427) % 10 ** country.more).padStart(country.more, '0');
  return { country, national: country.start + digits };
}

/** A number that Ofcom reserves for drama: of the right length, but in no numbering plan. */
function invented(at: number): Phone {
  return { country: british, national: `7700900${String(at % 1000).padStart(3, '0')}` };
}
