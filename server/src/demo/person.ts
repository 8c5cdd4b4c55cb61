import { firmForms, firmWords, jobTitles, namesOf, towns, trades } from './names.ts';
import { type DemoCountry, phoneAt, type SamplePhone, sparePhoneAt } from './phones.ts';
import type { Random } from './random.ts';

/** A fictional person. */
export interface Person {
  first: string;
  last: string;
  name: string;
  email: string | null;
  phone: SamplePhone;
  country: DemoCountry;
  city: string;
  company: string | null;
  jobTitle: string | null;
}

/** The country of each person in a repeating series of twenty. */
const round = 'GB US GB DE US GB FR GB US AU GB GB US DE GB FR US GB AU US'.split(' ') as DemoCountry[];
const WITHOUT_EMAIL = 0.07;
const FIRMS = 0.35;

/** The person with this index. No two share a phone or e-mail address, however many there are. */
export function personAt(index: number, random: Random): Person {
  const own = round[index % round.length] ?? 'GB';
  const found = phoneAt(own, nthOf(own, index));
  const country = found ? own : 'US';
  const { first: firsts, last: lasts, domain } = namesOf[country];
  const pairs = firsts.length * lasts.length;
  // Every pair of names is used once before any repeats; repeats get a number in their e-mail address.
  const pair = (index * strideOf(pairs) + 101) % pairs;
  const first = firsts[pair % firsts.length] ?? '';
  const last = lasts[Math.floor(pair / firsts.length)] ?? '';
  const again = Math.floor(index / pairs);
  const address = `${plain(first)}.${plain(last)}${again > 0 ? again + 1 : ''}`;
  const isFirm = random.chance(FIRMS);
  return {
    first,
    last,
    name: `${first} ${last}`,
    email: random.chance(WITHOUT_EMAIL) ? null : `${address}@${domain}`,
    phone: found ?? sparePhoneAt(index),
    country,
    city: random.pick(towns[country]),
    company: isFirm ? `${random.pick(firmWords)} ${random.pick(trades)} ${random.pick(firmForms[country])}` : null,
    jobTitle: isFirm ? random.pick(jobTitles) : null,
  };
}

/** A golden-section stride through all pairs, so that neighbours share neither name. */
function strideOf(pairs: number): number {
  let stride = Math.round(pairs * 0.618);
  while (divisor(stride, pairs) > 1) stride += 1;
  return stride;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** How many people of this country come before this index. */
function nthOf(country: DemoCountry, index: number): number {
  const inRound = round.filter((one) => one === country).length;
  const before = round.slice(0, index % round.length).filter((one) => one === country).length;
  return Math.floor(index / round.length) * inRound + before;
}

/** Reduces a name to letters allowed in e-mail addresses. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ü', 'ue')
    .replaceAll('ö', 'oe')
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replace(/[^a-z]/g, '');
}
