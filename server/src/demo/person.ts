import type { Dice } from './dice.ts';
import { firmForms, firmWords, jobTitles, namesOf, towns, trades } from './names.ts';
import { type DemoCountry, type MadeUpPhone, phoneAt, spareAt } from './phones.ts';

/** Somebody who does not exist. */
export interface Person {
  first: string;
  last: string;
  name: string;
  email: string | null;
  phone: MadeUpPhone;
  country: DemoCountry;
  city: string;
  company: string | null;
  jobTitle: string | null;
}

/** Of twenty people in a row, so many live in each country. */
const round = 'GB US GB DE US GB FR GB US AU GB GB US DE GB FR US GB AU US'.split(' ') as DemoCountry[];
const WITHOUT_EMAIL = 0.07;
const FIRMS = 0.35;

/** The person of this index: no two have the same phone or email, however many there are. */
export function personAt(index: number, dice: Dice): Person {
  const own = round[index % round.length] ?? 'GB';
  const found = phoneAt(own, nthOf(own, index));
  const country = found ? own : 'US';
  const { first: firsts, last: lasts, domain } = namesOf[country];
  const pairs = firsts.length * lasts.length;
  // Every pair of names comes once before any comes again, with a number to its address then.
  const pair = (index * strideOf(pairs) + 101) % pairs;
  const first = firsts[pair % firsts.length] ?? '';
  const last = lasts[Math.floor(pair / firsts.length)] ?? '';
  const again = Math.floor(index / pairs);
  const address = `${plain(first)}.${plain(last)}${again > 0 ? again + 1 : ''}`;
  const isFirm = dice.chance(FIRMS);
  return {
    first,
    last,
    name: `${first} ${last}`,
    email: dice.chance(WITHOUT_EMAIL) ? null : `${address}@${domain}`,
    phone: found ?? spareAt(index),
    country,
    city: dice.pick(towns[country]),
    company: isFirm ? `${dice.pick(firmWords)} ${dice.pick(trades)} ${dice.pick(firmForms[country])}` : null,
    jobTitle: isFirm ? dice.pick(jobTitles) : null,
  };
}

/** Strides through all pairs by a golden section, so that neighbours share neither name. */
function strideOf(pairs: number): number {
  let stride = Math.round(pairs * 0.618);
  while (divisor(stride, pairs) > 1) stride += 1;
  return stride;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** How many of this country come before this index. */
function nthOf(country: DemoCountry, index: number): number {
  const inRound = round.filter((one) => one === country).length;
  const before = round.slice(0, index % round.length).filter((one) => one === country).length;
  return Math.floor(index / round.length) * inRound + before;
}

/** Letters as they are in addresses. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ü', 'ue')
    .replaceAll('ö', 'oe')
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replace(/[^a-z]/g, '');
}
