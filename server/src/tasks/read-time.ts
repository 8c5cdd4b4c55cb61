import { timeOfMinutes } from '../platform/time/calendar.ts';
/** A value read from a text, and the rest of the text. */
export interface Parsed<T> {
  value: T;
  rest: string;
}

/** Replaces a day that was read, so that a bare number next to it is recognised as a time. */
export const MARK = ' ¦ ';

/** How a time was written. */
interface Written {
  hour: number;
  minute?: number;
  /** `a` for am, `p` for pm. */
  half?: string | undefined;
  /** The part of the day, if one was named. */
  part?: string | undefined;
  /** Only an hour was given: one to six then means the afternoon, because nobody makes calls at night. */
  isBare?: boolean;
}

/** The time that a part of the day stands for if no hour was named. */
export const partsOfDay: Readonly<Record<string, string>> = {
  morning: '09:00',
  afternoon: '14:00',
  evening: '18:00',
  night: '19:00',
};

const HALF = String.raw` ?([ap])\.?m\b\.?`;
const NEAR = '(?:at|by|around|about|before|after|from|until)';
/** What must come before a number to make it a time: `at`, or a day. */
const SIGN = String.raw`(?:\bat |@ ?|¦[ ,–-]*(?:${NEAR} )?)`;
/** Text after a time that belongs to it and not to the task's name: the end of a span, `o'clock`, `in the morning`. */
const TAIL =
  String.raw`(?: ?(?:-|–|to|till|until) ?\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m\b)?)?(?: ?(?:o['’]?clock|hrs)\b)?` +
  '(?: in the (morning|afternoon|evening)\\b| at (night)\\b)?';

type Read = (match: RegExpExecArray, part: string | undefined) => string | undefined;

const pattern = (words: string) => new RegExp(words, 'i');

const times: readonly (readonly [RegExp, Read])[] = [
  [
    pattern(String.raw`(?:\b${NEAR} )?\b(half|quarter) (past|to) (\d{1,2})\b(?:${HALF})?`),
    ([, share = '', way = '', hour, half], part) => {
      const minute = /half/i.test(share) ? 30 : 15;
      const isTo = /to/i.test(way);
      return Number(hour) > 12
        ? undefined
        : shifted({ hour: Number(hour), half, part, isBare: true }, isTo ? -minute : minute);
    },
  ],
  [
    pattern(String.raw`(?:\b${NEAR} |@ ?)?\b(\d{1,2}):(\d{2})(?![:\d])(?:${HALF})?${TAIL}`),
    ([, hour, minute, half, ...named], part) =>
      timeOf({ hour: Number(hour), minute: Number(minute), half, part: named.find(Boolean) ?? part }),
  ],
  [
    pattern(String.raw`(?:\b${NEAR} |@ ?)?\b(\d{1,2})(?:\.(\d{2}))?(?: ?[-–] ?\d{1,2}(?:[:.]\d\d)?)?${HALF}`),
    ([, hour, minute, half]) => timeOf({ hour: Number(hour), minute: Number(minute ?? 0), half }),
  ],
  [
    pattern(String.raw`(?:\b${NEAR} )?\b(noon|midday|midnight)\b`),
    ([, word = '']) => (/midnight/i.test(word) ? '00:00' : '12:00'),
  ],
  [
    pattern(String.raw`${SIGN}(\d{1,2})(?:[.h](\d{2})|(?<=\d\d)(\d{2})|h)\b(?![:/.%]\d)${TAIL}`),
    ([, hour, after, joined, ...named], part) =>
      timeOf({ hour: Number(hour), minute: Number(after ?? joined ?? 0), part: named.find(Boolean) ?? part }),
  ],
  [
    pattern(String.raw`${SIGN}(\d{1,2})\b(?![:/.%]\d|[%/]|¦)${TAIL}`),
    ([, hour, ...named], part) => timeOf({ hour: Number(hour), part: named.find(Boolean) ?? part, isBare: true }),
  ],
  [
    pattern(String.raw`\b${NEAR} (\d{1,2})(?= *¦)`),
    ([, hour], part) => timeOf({ hour: Number(hour), part, isBare: true }),
  ],
];

/**
 * Reads a time of day as HH:MM. A bare number counts as a time only after `at` or next to a day. `part` is the part of
 * the day that was named with the day: in `tomorrow evening at seven` it makes seven 19:00.
 */
export function readTime(text: string, part?: string): Parsed<string> | undefined {
  for (const [words, read] of times) {
    const match = words.exec(text);
    const value = match && read(match, part);
    if (match && value) return { value, rest: without(text, match.index, match[0]) };
  }
  return undefined;
}

function timeOf({ hour, minute = 0, half, part, isBare }: Written): string | undefined {
  if (hour > 23 || minute > 59 || (half && (hour < 1 || hour > 12))) return undefined;
  const isSecondHalf =
    hour > 0 && hour < 12 && (/afternoon|evening|night/i.test(part ?? '') || (isBare && hour < 7 && !part));
  const hours = half ? (hour % 12) + (/p/i.test(half) ? 12 : 0) : isSecondHalf ? hour + 12 : hour;
  return inWords(hours * 60 + minute);
}

/** The time this many minutes after an hour, or before it if negative. */
function shifted(written: Written, minutes: number): string | undefined {
  const [hour, minute] = (timeOf(written) ?? '').split(':').map(Number);
  return hour === undefined || minute === undefined || Number.isNaN(hour)
    ? undefined
    : inWords(hour * 60 + minute + minutes);
}

function inWords(minutes: number): string {
  return timeOfMinutes((minutes + 1440) % 1440);
}

/** Returns the text with the part that was read replaced by a mark or a space. */
export function without(text: string, at: number, part: string, mark = ' '): string {
  return `${text.slice(0, at)}${mark}${text.slice(at + part.length)}`;
}
