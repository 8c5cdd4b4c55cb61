import type { Chance, Person, Phone } from './people.ts';

const arabic = (text: string) => text.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)));
const grouped = (digits: string) => digits.replace(/(\d{3,4})(?=\d{3})/, '$1 ');

/** Ways to write a number with the country code, or without it, so that only the sender's region tells the country. */
const spellings: readonly ((phone: Phone) => string)[] = [
  ({ country, national }) => `+${country.code}${national}`,
  ({ country, national }) => `+${country.code} ${grouped(national)}`,
  ({ country, national }) => `00${country.code} ${national}`,
  ({ country, national }) => `${country.code}${national}`,
  ({ country, national }) => `${country.code}${national}.0`,
  ({ country, national }) => `${country.trunk}${national}`,
  ({ country, national }) => `${country.trunk}${grouped(national)}`,
  ({ country, national }) => `${country.trunk}${grouped(national)} (after 6pm)`,
  ({ country, national }) => `call after 18:30 ${country.trunk}${national}`,
  ({ country, national }) => `${country.trunk}${national} 24/7`,
  ({ national }) => national,
  ({ national }) => `${national}.0`,
  ({ country, national }) => `+${country.code} (0)${national}`,
  ({ country, national }) => `+${country.code} +${country.code}${national}`,
  ({ country, national }) => `+${country.code} ${country.trunk}${national}`,
  ({ country, national }) => `p:+${country.code}${national}`,
  ({ country, national }) => `tel:+${country.code}-${national}`,
  ({ country, national }) => `whatsapp:+${country.code}${national}`,
  ({ country, national }) => `${country.code}${national}@c.us`,
  ({ country, national }) => `\u202a+${country.code}\u200b${national}\u202c\ufe0e`,
  ({ country, national }) => arabic(`${country.trunk}${national}`),
  ({ country, national }) => `Mobile: ${country.trunk}${national}`,
  ({ country, national }) => `%2B${country.code}${national}`,
];

/** Texts instead of a number, and digits that are nobody's number in any of the countries. */
const junk = [
  ...['4.47911E+11', '9.19877E+11', '0000000000', '1111111111', '1234567890', '123', '55555', '000', '0'],
  ...['ask me 24/7', 'call 24-7 ok', 'no phone 2026', 'no phone, email only please 2026', 'n/a 1', 'not given 0'],
  ...['07911 x', '+44 7911 1234567', '7700 9', '985*******', '29/11/2026', '+44', '9876543210.5', '12/24/7'],
];

/** A person's phone number as they type it this time. */
export function writePhone(person: Person, chance: Chance): string {
  const { phone, extension } = person;
  // Some do give their number.
  if (person.kind === 'email') return chance.in100(85) ? chance.of(junk) : chance.of(spellings)(phone);
  if (extension) {
    const word = chance.of([' ext ', ' x', ' ext. ', ',,', ' Extn: ', ' #']);
    return `${chance.of(spellings.slice(0, 3))(phone)}${word}${extension}`;
  }
  if (person.kind === 'invented') return `${phone.country.trunk}${grouped(phone.national)}`;
  const text = chance.of(spellings)(phone);
  const second = person.second && chance.in100(20) ? ` / +${person.second.country.code}${person.second.national}` : '';
  return second && !/[@p(]/.test(text) ? text + second : text;
}

/** A person's e-mail address as it comes from a phone, mail program or form. */
export function writeEmail({ email, otherEmail }: Person, chance: Chance): string | undefined {
  const own = otherEmail && chance.in100(15) ? otherEmail : email;
  return own && chance.of([own, own, own.toUpperCase(), ` ${own} `, `\u200e${own}`, own.replace('@', '\u00ad@')]);
}

const fillers = ['test@test.com', 'na@na.com', 'noreply@shop.example', 'none@none.com', 'asdf@asdf.com'];

/** An address to fill a required field, for people who give none. */
export function fillerEmail(chance: Chance): string {
  return chance.of(fillers);
}

/** First and last name, sometimes with a typing error, in capitals or in decomposed letters. */
export function writeName({ first, last }: Person, chance: Chance): { first: string; last: string } {
  if (chance.in100(5)) return { first, last: last.slice(0, -1) };
  if (chance.in100(10)) return { first: first.toUpperCase(), last: last.toUpperCase() };
  return chance.in100(10) ? { first: first.normalize('NFD'), last: last.normalize('NFD') } : { first, last };
}
