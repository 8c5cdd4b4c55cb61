import { domainToASCII } from 'node:url';
import { fold, withoutInvisible } from './fold/fold.ts';

/** A practical check of an address: one `@`, a dotted ASCII domain, no blanks. Runs in linear time. */
const MAILABLE =
  /^[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/;

/** True when a mail could be sent to the address. Anything else may be stored as text, but is never mailed. */
export function isMailable(text: string): boolean {
  return text.length <= 254 && MAILABLE.test(text);
}

/** True for anything that looks like an address in any script: one `@` with text on both sides, and no blanks. */
export function isAddressLike(text: string): boolean {
  const at = text.indexOf('@');
  return (
    text.length <= 254 &&
    at > 0 &&
    at === text.lastIndexOf('@') &&
    at < text.length - 1 &&
    !/[\s<>,;\p{Cc}]/u.test(text)
  );
}

const fillers = new Set([
  '',
  '-',
  '--',
  '.',
  'n/a',
  'na',
  'n.a.',
  'nil',
  'no',
  'none',
  'null',
  'undefined',
  'unknown',
  'not given',
  'no email',
  'noemail',
]);
const fillerAddresses =
  /^(?:test\d*@test\.\w+|(?:na|none|no|null|noemail|noreply|no-reply|donotreply)@(?:.*\.)?(?:na|none|no|null|noemail|email|mail|test|example)(?:\.\w+)?|(?:no-?reply|do-?not-?reply)@.*|undefined@.*)$/;

/** Whether a text stands where an address was asked for and nobody's is: n/a, none, -, test@test.com. */
export function isFillerEmail(text: string): boolean {
  const folded = fold(text);
  return fillers.has(folded) || fillerAddresses.test(folded);
}

/**
 * The normalised form used to match addresses; undefined when it is not one. Plus tags are kept: they are different
 * addresses. A domain in letters of any script is the same as in punycode.
 */
export function emailKey(text: string): string | undefined {
  const address = withoutInvisible(text).normalize('NFKC').trim();
  const at = address.lastIndexOf('@');
  const key = `${fold(address.slice(0, Math.max(at, 0)))}@${asciiDomain(address.slice(at + 1))}`;
  return isAddressLike(address) ? key : undefined;
}

function asciiDomain(domain: string): string {
  const isPlain = /^[a-z\d.-]*$/i.test(domain) && !/xn--/i.test(domain);
  return (isPlain ? '' : domainToASCII(domain)) || fold(domain);
}
