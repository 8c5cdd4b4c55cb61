import { americasAndAfrica } from './spellings-americas-africa.ts';
import { asia } from './spellings-asia.ts';
import { europe } from './spellings-europe.ts';

/** What was written, the number it says (with `;ext=`), or null for none, and what the spelling is an example of. */
export type Spelling = readonly [sent: string, says: string | null, why: string];

/** Spellings by the region in which they were written. */
export type Spellings = Readonly<Record<string, readonly Spelling[]>>;

/** Real spellings of invented numbers, from 25 countries. */
export const spellings: Spellings = { ...europe, ...asia, ...americasAndAfrica };

/** What people write around, beside or instead of a number, in a British form. */
export const oddTexts: readonly Spelling[] = [
  ['call after 6pm 07840258824', '+447840258824', 'the hour is not part of it'],
  ['07840 258823 (after 6pm)', '+447840258823', 'a note behind it'],
  ['07840,258843', '+447840258843', 'a comma as a slip'],
  ['07840258843,204', '+447840258843;ext=204', 'a comma as a pause'],
  ['M: 07840258846 H: 01632 960001', '+447840258846', 'two labelled numbers'],
  ['07840258827 / 07840258828', '+447840258827', 'two numbers'],
  ['07840258827, 07840258828', '+447840258827', 'two numbers with a comma'],
  ['07840258827 07840258828', '+447840258827', 'two numbers with a blank'],
  ['07840258827\n07840258828', '+447840258827', 'two lines'],
  ['07840258827 or +49 30 23125004', '+447840258827', 'two countries'],
  ['+44 +447840258837', '+447840258837', 'a prefilled code'],
  ['+44 447840258837', '+447840258837', 'the code twice'],
  ['+44 0044 7840258837', '+447840258837', 'the code twice with a prefix'],
  ['+44 07840258837', '+447840258837', 'code and zero'],
  ['00447840258823', '+447840258823', 'prefix 00'],
  ['0447840258823', '+447840258823', 'a zero before the country code'],
  ['79111234567', '+79111234567', 'eleven digits without a zero are no British number'],
  ['7,911,123,456', '+447911123456', 'parted into thousands'],
  ['"07840258823"', '+447840258823', 'in quotation marks'],
  ["'07840258823", '+447840258823', 'an apostrophe that keeps the zero'],
  ['=07840258823', null, 'a formula'],
  ['tel:+44-7840-258823', '+447840258823', 'a link'],
  ['tel:+442079460958;ext=12', '+442079460958;ext=12', 'a link with an extension'],
  ['https://wa.me/447840258823', '+447840258823', 'a chat link'],
  ['447840258823@s.whatsapp.net', '+447840258823', 'a chat address'],
  ['０７８４０２５８８２３', '+447840258823', 'full width'],
  ['+44\u00a07840\u202f258\u2009823', '+447840258823', 'narrow blanks'],
  ['07840\u2011258\u2013823', '+447840258823', 'other dashes'],
  ['\u202a07840\u200b258823\u202c\ufe0f', '+447840258823', 'invisible marks'],
  ['07840258823²', '+447840258823', 'a footnote'],
  [
    '\u{1d7ce}\u{1d7d5}\u{1d7d6}\u{1d7d2}\u{1d7ce}\u{1d7d0}\u{1d7d3}\u{1d7d6}\u{1d7d6}\u{1d7d0}\u{1d7d1}',
    '+447840258823',
    'mathematical digits',
  ],
  ['4.47911E+11', null, 'scientific notation'],
  ['4,47911E+11', null, 'scientific notation with a comma'],
  ['7911123456.5', null, 'an amount'],
  ['0000000000', null, 'one digit repeated'],
  ['ask me 24/7', null, 'no number at all'],
  ['no phone, email only please 2026', null, 'a year'],
  ['29/11/2026', null, 'a date'],
  ['2026-11-29 10:30', null, 'a day and time'],
  ['order 7840258823', null, 'an order number'],
  ['Invoice no. 07840258823', null, 'an invoice number'],
  ['GB29NWBK60161331926819', null, 'a bank account'],
  ['07840258823@shop.example', null, 'an e-mail address'],
  ['john07840258823', null, 'a name with digits'],
  ['£7840258823', null, 'an amount of money'],
  ['078402*****', null, 'hidden digits'],
  ['07840-XXXXXX', null, 'hidden digits'],
  ['n/a', null, 'a word'],
  ['', null, 'nothing'],
  ['+', null, 'a plus alone'],
  ['+44', null, 'a country code alone'],
  ['123', null, 'too short'],
  ['7700 9001234', null, 'a digit too many; not Kazakhstan'],
  ['7911 12345', null, 'a digit short'],
  ['07400 1234', null, 'three digits short, with its zero'],
  ['7840 258823.0', '+447840258823', 'a decimal behind a blank'],
  ['after 18:30 07840258823', '+447840258823', 'a time before it'],
  ['07840258823 9am-5pm', '+447840258823', 'hours behind it'],
  ['9.30 am to 5 pm: 07840 258823', '+447840258823', 'hours before it'],
  ['07840 258 823 10-4', '+447840258823', 'hours without a word'],
  ['24/7 07840258823', '+447840258823', 'at any time'],
  ['evenings (after 7) 07840258823', '+447840258823', 'the end of a bracket'],
  ['%2B447840258823', '+447840258823', 'a plus encoded twice'],
  ['http://shop.example/07840258823', null, 'a page'],
  ['020 7946 0958 (204)', '+442079460958;ext=204', 'an extension in brackets'],
  ['02079460958,12', '+442079460958;ext=12', 'a comma as a pause before two digits'],
  ['020 7946 0958 EXT-204', '+442079460958;ext=204', 'an extension with a dash'],
  ['M 07840258827 or 07840258828 (wife)', '+447840258827', 'two numbers in words'],
];
