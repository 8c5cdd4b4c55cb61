/** A stretch of digits and separators in a text that may be a phone number. */
export interface Candidate {
  /** Digits and separators, with the leading plus if there is one. */
  text: string;
  extension?: string;
  /** The text contains nothing else but a label such as `tel` and an extension. */
  isWhole: boolean;
}

/** Words for an extension, in the languages of the spellings that we test, and in related ones. */
const EXTENSION_WORDS = [
  'ext(?:ensi(?:on|ón)|n)?|extra|x|option|opt|dial',
  'dw|durchwahl|nebenstelle|nst|app(?:arat)?|klappe|toestel|tst|lokal(?:nummer)?|anknytning|ankn|internnr|intern',
  'poste|interno|int|anexo|ramal|r(?=\\.)|wewn?|klapka|linka|mellék|dahili|dah|εσωτ(?:ερικό)?|доб(?:авочный)?|вн(?:утр)?',
  'داخلی|داخلي|تحويلة|内線|分机|转|내선',
].join('|');
const EXTENSION = new RegExp(
  `^[ .]*(?:[,;]? ?\\(?(?:${EXTENSION_WORDS})[ .:=#-]*|[,;] ?ext=|,,+|,(?! )|;|[ ]?[#~]|[pw])(\\d{1,7})\\)?(?!\\d)`,
  'iu',
);

/** A number as programs write it, with nothing to take apart. */
const ONLY_DIGITS = /^\+?\d+$/;

/** Digits with the separators that people put between them; a plus begins the next number. */
const STRETCH = /(?:\( ?)?(?:\+[ +(]*)?\d(?:[ ().\-/,[\]~·']*\d)*/gu;

/** Words after which digits are something other than a phone number. */
const OTHER_DIGITS =
  /(?:^|[^\p{L}])(?:order|ref(?:erence)?|invoice|account|acc|a\/c|iban|passport|vat|card|policy|booking|customer|case|ticket|id|post ?code|zip|pin|budget|price|amount|salary|total|cost|usd|eur|gbp|inr|rs)(?: ?(?:no|nr|number|code))?[ .:=#-]*$/iu;
const FAX = /(?:^|[^\p{L}])(?:tele)?fax[ .:=-]*(?:no|nr|number)?[ .:=-]*$/iu;
/** Labels that may stand directly before a number: what apps and people call a phone. */
const LABEL =
  /(?:^|[^\p{L}])(?:p|m|h|t|w|c|f|o|tel|ph|phone|mob|mobile|cell|call|whatsapp|wa|sms|text|home|work|office|landline|no|nr|number|telephone|telefon|handy|cel|celular|movil|móvil|gsm|тел|моб)(?: ?(?:no|nr|number))?[ .:=-]*$/iu;
const ONLY_LABELS = /^[\s:.="'()<>[\]-]*$/u;
const APP_ADDRESS = /^(?::\d+)?@(?:c\.us|s\.whatsapp\.net)/i;

/**
 * The stretches of a folded text that may be a phone number, in the order of the text; fax numbers come last. Digits
 * that belong to a word, an amount, a date, an e-mail address or a reference are left out.
 */
export function candidatesIn(text: string): Candidate[] {
  if (ONLY_DIGITS.test(text)) return [{ text, isWhole: true }];
  // In Brazil, `0xx` stands for a zero and the two digits of a carrier that the caller chooses.
  const plain = withoutTimes(
    text
      .replace(/%2b/gi, '+')
      .replace(/%20/g, ' ')
      .replace(/\(?0 ?xx ?(?=\(?\d\d)/i, '(0'),
  );
  if (isOneAmount(plain)) return [];
  const found: (Candidate & { isFax: boolean })[] = [];
  let end = 0;
  for (const match of plain.matchAll(STRETCH)) {
    if (match.index < end) continue;
    const [before, whole] = withoutReference(plain.slice(0, match.index), withoutDates(withoutDecimals(match[0])));
    const [stretch, extension, after] = splitExtension(whole, plain.slice(match.index + match[0].length));
    end = plain.length - after.length;
    if (isPartOfSomethingElse(before, stretch, after)) continue;
    found.push({
      text: stretch,
      ...(extension !== undefined && { extension }),
      isWhole: isOnlyLabel(before) && ONLY_LABELS.test(after.replace(APP_ADDRESS, '')),
      isFax: FAX.test(before),
    });
  }
  return found.sort((a, b) => Number(a.isFax) - Number(b.isFax));
}

function splitExtension(stretch: string, rest: string): [stretch: string, extension: string | undefined, rest: string] {
  const bracketed = rest.startsWith(')') ? /^(.*\d) ?\((\d{1,5})$/.exec(stretch) : null;
  if (bracketed?.[1] && bracketed[2] && digitCount(bracketed[1]) > 8)
    return [bracketed[1], bracketed[2], rest.slice(1)];
  const pause = /^(.*\d)(,,+|,)(\d{1,7})$/.exec(stretch);
  if (pause?.[1] && pause[3] && (pause[2] !== ',' || digitCount(pause[1]) > 8) && !/,/.test(pause[1]))
    return [pause[1], pause[3], rest];
  const named = EXTENSION.exec(rest);
  return named?.[1] ? [stretch, named[1], rest.slice(named[0].length)] : [stretch, undefined, rest];
}

/** The stretch without the decimals that a spreadsheet adds to a number that it takes for an amount. */
function withoutDecimals(stretch: string): string {
  const whole = /^([+(]*\d[\d ()-]*\d{4})[.,]0{1,3}$/.exec(stretch)?.[1];
  return whole !== undefined && digitCount(whole) >= 7 ? whole : stretch;
}

/** The stretch without a date before or after the number, with only blanks between them. */
function withoutDates(stretch: string): string {
  const [, first = '', last = ''] = /^(\S+) +(.*)$/.exec(stretch) ?? [];
  if (isDate(first) && digitCount(last) >= SHORTEST) return last;
  const [, start = '', end = ''] = /^(.*\d) +(\S+)$/.exec(stretch) ?? [];
  return isDate(end) && digitCount(start) >= SHORTEST ? start : stretch;
}

/** A person's number has at least this many digits. */
const SHORTEST = 7;

/** `order 12345 07840258823`: the digits after such a word are split off if a number with its own prefix follows. */
function withoutReference(before: string, stretch: string): [before: string, stretch: string] {
  const [, reference = '', number = ''] = /^(\d+ +)((?:\+|\(?0).*)$/.exec(stretch) ?? [];
  const isApart = digitCount(number) >= SHORTEST && (OTHER_DIGITS.test(before) || before.endsWith('#'));
  return isApart ? [before + reference, number] : [before, stretch];
}

/** Opening hours and times of day, which would otherwise be joined to a number beside them. */
const TIMES = [
  /(?<![\d.,/+-])24 ?[/-] ?7(?![\d/.-])/g,
  /(?<![\d:])\d{1,2}[:.]?(?:\d\d)?(?: ?(?:-|to|till|until) ?\d{1,2}[:.]?(?:\d\d)?)? ?(?:[ap]\.?m\b\.?|uhr\b|hrs?\b|o'?clock\b)/gi,
  /(?<![\d:+])\d{1,2}:\d\d(?: ?(?:-|to) ?\d{1,2}:\d\d)?(?![\d:])/g,
];

/** `1) ... 2) ...`: a list marker is not part of the number after it. */
const PLACE_IN_LIST = /(?<![^\s,;])\d\) +(?=[+(]*\d\d)/g;

function withoutTimes(text: string): string {
  return [...TIMES, PLACE_IN_LIST].reduce((rest, time) => rest.replace(time, '\n'), text);
}

/** True for scientific notation, and for an amount whose decimals are not zero. */
function isOneAmount(text: string): boolean {
  return (
    /^[\s'"]*\d+(?:[.,]\d+)?e[+-]?\d+[\s'"]*$/i.test(text) || /^\s*(?!0)\d{5,}[.,](?!0+\s*$)\d{1,2}\s*$/.test(text)
  );
}

/** Characters that make the digits after them part of a word. Letters of scripts written without blanks do not. */
const TOUCHING =
  /(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])\p{L}|[\p{M}_@%#$£€₹¥&=*\\^])$/u;

function isPartOfSomethingElse(before: string, stretch: string, after: string): boolean {
  if (TOUCHING.test(before) && !LABEL.test(before) && !/[?&](?:phone|tel)=$/i.test(before)) return true;
  if (/^(?:[_%€£$@*\\^]|(?:am|pm)\b)/iu.test(after) && !APP_ADDRESS.test(after)) return true;
  return OTHER_DIGITS.test(before) || isDate(stretch) || isInAddress(before);
}

/** Digits in a web address belong to the address, unless it opens a chat or call with that number. */
function isInAddress(before: string): boolean {
  const [word = ''] = /\S*$/.exec(before) ?? [];
  return (
    /:\/\/|^www\./i.test(word) &&
    !/^\W*(?:tel|callto|sms|sip|skype|viber):|\b(?:wa\.me|t\.me|whatsapp\.com)\//i.test(word)
  );
}

function isDate(stretch: string): boolean {
  const text = stretch.trim();
  return (
    /^(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?: |$)/.test(text) ||
    /^(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20)\d\d(?: |$)/.test(text)
  );
}

function isOnlyLabel(before: string): boolean {
  return ONLY_LABELS.test(before) || /^[\s"'(<]*$/.test(before.replace(LABEL, ''));
}

/**
 * The ways to cut a stretch into numbers, best first: separated numbers, then the whole, then the pieces
 * at weaker separators.
 */
export function piecesOf(stretch: string): string[] {
  if (ONLY_DIGITS.test(stretch)) return [stretch];
  const apart = stretch.split(/ +[/,-] +| {2,}|, +|\/\/|(?<=\d) ?\/ ?(?=[0+])/).filter((piece) => /\d/.test(piece));
  const numbers = apart.length > 1 && apart.every((piece) => digitCount(piece) >= 6) ? apart : [];
  const lesser = stretch.split(/[,/]/).filter((piece) => piece !== stretch && digitCount(piece) >= 6);
  return [...numbers, ...(isJoined(stretch) ? [stretch] : []), ...lesser, ...withoutEnds(stretch)];
}

/**
 * The stretch without hours (`10-4`, `12.30`) or unmatched brackets at its ends, and without a short number (`after 6`)
 * before one that begins with a zero or a plus.
 */
function withoutEnds(stretch: string): string[] {
  const rest = stretch.replace(
    /^\d{1,2}[-.]\d{1,2} +|^\d{1,2}\) +|^\d{1,2} +(?=\+|\(?0)|[ (]+\d{1,2}[-.]\d{1,2}$| *\(\d{1,3}$/g,
    '',
  );
  return rest === stretch || digitCount(rest) < 7 ? [] : [rest];
}

/**
 * Whether the stretch may be one number. One comma may be a slip or a pause; several make a list, unless
 * they separate thousands.
 */
function isJoined(stretch: string): boolean {
  const commas = stretch.split(',').length - 1;
  return commas === 0 || /^\d{1,3}(?:,\d{3}){2,}$/.test(stretch) || (commas === 1 && /\d,\d/.test(stretch));
}

export function digitCount(text: string): number {
  return text.replace(/\D/g, '').length;
}
