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

/**
 * The normalised form used to match addresses; undefined when it is not one. Plus tags are kept: they are different
 * addresses.
 */
export function emailKey(text: string): string | undefined {
  const key = text
    .normalize('NFKC')
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .trim()
    .toLowerCase();
  return isAddressLike(key) ? key : undefined;
}
