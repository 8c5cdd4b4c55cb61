import { domainToASCII, domainToUnicode } from 'node:url';
import { fold, withoutInvisible } from './fold/fold.ts';

/** A practical check of an address: one `@`, a dotted ASCII domain, no blanks. Runs in linear time. */
const MAILABLE =
  /^[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/;

/**
 * True when a mail could be sent to the address. Anything else may be stored as text, but is never mailed. Encoded
 * words (`=?utf-8?q?=0D=0A?=`) are refused, because mail programs could read them as another address.
 */
export function isMailable(text: string): boolean {
  return text.length <= 254 && MAILABLE.test(text) && !text.includes('=?');
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

/**
 * The normalised form used to match addresses; undefined if the text is not one. Plus tags are kept, because they make
 * different addresses. A domain in letters of any script is the same as in punycode.
 */
export function emailKey(text: string): string | undefined {
  const plain = /^[!-~]+$/.test(text) ? text : withoutInvisible(text).normalize('NFKC').trim();
  const address = bareAddress(plain);
  const at = address.lastIndexOf('@');
  const key = `${fold(address.slice(0, Math.max(at, 0)))}@${asciiDomain(address.slice(at + 1))}`;
  return isAddressLike(address) ? key : undefined;
}

/**
 * The address without what is often copied or typed along with it: `mailto:`, a name in front, punctuation after it,
 * quotation marks, blanks beside the `@`.
 */
function bareAddress(text: string): string {
  const named = /^[^<>]{0,254}<([^<>]{1,254})>$/.exec(text)?.[1] ?? text;
  return named
    .replace(/^mailto:/i, '')
    .replace(/[;,.]$/, '')
    .replace(/^["'“”‘’«»]+|["'“”‘’«»]+$/g, '')
    .replace(/ *@ */, '@')
    .trim();
}

/**
 * Other keys that `emailKey` returned for this address before it used `fold`. Records that do not hold the address
 * itself may still have one of them.
 */
export function formerEmailKeys(text: string): string[] {
  const key = emailKey(text);
  const at = text.lastIndexOf('@');
  const written = [text, `${text.slice(0, at)}@${domainToUnicode(text.slice(at + 1))}`, ...(key ? [key] : [])];
  const former = written.map((one) => one.normalize('NFKC').replace(/[\u200b-\u200d\u2060\ufeff]/g, ''));
  return [...new Set(former.map((one) => one.trim().toLowerCase()))].filter((one) => one !== key && isAddressLike(one));
}

function asciiDomain(domain: string): string {
  const isPlain = /^[a-z\d.-]*$/i.test(domain) && !/xn--/i.test(domain);
  return (isPlain ? '' : domainToASCII(domain)) || fold(domain);
}

/** Local parts (before the `@`) that belong to nobody. */
const NOBODY =
  /^(?:no|do-?not|dont)[-_.]?reply$|^(?:no|not)[-_.]?(?:e?-?mail|address|given|provided|available|applicable)$|^(?:none|null|undefined|unknown|noname|nobody|anonymous)$/;
/**
 * Short words that real addresses may also contain: they mean that there is no address only if the domain is such a
 * word as well, or a free mail service.
 */
const WORDS_FOR_NONE =
  /^(?:n[./]?a\.?|n|no|nil|non|tb[ac]|test(?:[._-]?test|ing|er|e|mail|user)?\d*|info|customer|client|guest|contact|person|asdf\w*|qwerty|fake|dummy|sample|example|invalid|abc|xyz|admin|kein[er]?|keine?mail|geen|aucun|ninguno|nada|niente|noone|nowhere|e?mail|your-?e?mail|user|name|me)$/;
const FREE_MAIL = /^(?:gmail|googlemail|yahoo|hotmail|outlook|live|icloud|aol|gmx|mail)$/;

/** True for an address (as an `emailKey`) that means the person has none: test@test.com, na@na.com, noreply@. */
export function isFillerEmail(key: string): boolean {
  const [name = '', host = ''] = key.split('@');
  const label = host.split('.')[0] ?? '';
  if (NOBODY.test(name.split('+')[0] ?? '')) return true;
  if (name === label && /^(.)\1*$|^\d+$/.test(name)) return true;
  return WORDS_FOR_NONE.test(name) && (WORDS_FOR_NONE.test(label) || NOBODY.test(label) || FREE_MAIL.test(label));
}

/** True for the address of a real person; anything else never replaces one. */
export function isSomebodysEmail(text: string): boolean {
  const key = emailKey(text);
  return key !== undefined && !isFillerEmail(key);
}
