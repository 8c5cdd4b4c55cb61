/** Practical form of an address: one `@`, a dotted ASCII domain, no blanks. Linear in the text's length. */
const MAILABLE =
  /^[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/;

/** True when a mail could be sent to it. Anything else may be kept as text, but never mailed. */
export function isMailable(text: string): boolean {
  return text.length <= 254 && MAILABLE.test(text);
}

/** True for anything that looks like an address in any script: one `@` with something on both sides, no blanks. */
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

/** The form that addresses are matched in; undefined when it is no address. Plus-tags stay: they are other addresses. */
export function emailKey(text: string): string | undefined {
  const key = text
    .normalize('NFKC')
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .trim()
    .toLowerCase();
  return isAddressLike(key) ? key : undefined;
}
