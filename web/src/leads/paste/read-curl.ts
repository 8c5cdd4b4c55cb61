/** A request as a curl command describes it. */
export interface PastedRequest {
  method: string;
  /** Path and query. The host is left out: the request goes to this server. */
  target: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

/** Why a text cannot be sent, in a sentence. */
export class Unreadable extends Error {}

const methods: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** Options without a value that do not affect the request itself. */
const quiet =
  /^(-[sSkLivfgN#]+|--(silent|show-error|insecure|location|include|verbose|compressed|fail|globoff|http1\.1|http2))$/;
/** Options with a value that do not affect the request itself. */
const quietWithValue: ReadonlySet<string> = new Set([
  ...['-o', '--output', '-A', '--user-agent', '-e', '--referer', '-b', '--cookie', '-m', '--max-time'],
  ...['--connect-timeout', '--retry', '-w', '--write-out'],
]);
const dataOptions: ReadonlySet<string> = new Set(['-d', '--data', '--data-raw', '--data-binary', '--data-ascii']);

/** Whether a text is meant as a curl command. */
export const isCurl = (text: string) => /^\s*(\$\s*)?curl(\.exe)?\s/i.test(text);

/** Reads a curl command as a shell and curl would. Throws `Unreadable` for what it cannot send as it was meant. */
export function readCurl(command: string): PastedRequest {
  const words = shellWords(command.replace(/^\s*\$\s*/, '')).slice(1);
  const read: Reading = { headers: {}, data: [] };
  while (words.length > 0) takeWord(read, words);
  return requestOf(read);
}

interface Reading {
  method?: string;
  url?: string;
  headers: Record<string, string>;
  data: string[];
  isGet?: boolean;
}

function takeWord(read: Reading, words: string[]): void {
  let word = words.shift() ?? '';
  if (!word.startsWith('-')) {
    if (read.url !== undefined) throw new Unreadable(`The command contains two addresses: ${read.url} and ${word}.`);
    read.url = word;
    return;
  }
  // `-XPOST` and `--request=POST` are `-X POST`.
  const joined = /^(-[XHdu])(.+)$/.exec(word) ?? /^(--[a-z-]+)=(.*)$/.exec(word);
  if (joined) {
    word = joined[1] ?? '';
    words.unshift(joined[2] ?? '');
  }
  if (quiet.test(word)) return;
  if (word === '-G' || word === '--get') {
    read.isGet = true;
    return;
  }
  const value = words.shift();
  if (value === undefined) throw new Unreadable(`The command ends after ${word}.`);
  takeOption(read, word, value);
}

function takeOption(read: Reading, option: string, value: string): void {
  if (option === '-X' || option === '--request') read.method = value.toUpperCase();
  else if (option === '--url') read.url = value;
  else if (option === '-H' || option === '--header') takeHeader(read, value);
  else if (option === '-u' || option === '--user') read.headers['authorization'] = `Basic ${btoa(value)}`;
  else if (dataOptions.has(option)) {
    if (value.startsWith('@') && option !== '--data-raw')
      throw new Unreadable(`The command sends the file ${value.slice(1)}. Paste the contents of the file instead.`);
    read.data.push(value);
  } else if (option === '--data-urlencode') read.data.push(urlEncoded(value));
  else if (option === '--json') {
    read.data.push(value);
    read.headers['content-type'] ??= 'application/json';
  } else if (!quietWithValue.has(option)) throw new Unreadable(`The option ${option} is not supported.`);
}

function takeHeader(read: Reading, header: string): void {
  const [, name = '', value = ''] = /^\s*([^\s:]+)\s*:\s*(.*?)\s*$/s.exec(header) ?? [];
  if (name === '') throw new Unreadable(`“${header}” is not a header.`);
  read.headers[name.toLowerCase()] = value;
}

function urlEncoded(value: string): string {
  const at = value.indexOf('=');
  return at < 0 ? encodeURIComponent(value) : `${value.slice(0, at)}=${encodeURIComponent(value.slice(at + 1))}`;
}

function requestOf({ url, headers, data, isGet, ...read }: Reading): PastedRequest {
  if (url === undefined) throw new Unreadable('The command contains no address.');
  const address = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`);
  if (!address || !/^https?:$/.test(address.protocol)) throw new Unreadable(`“${url}” is not a web address.`);
  const joined = data.length > 0 ? data.join('&') : undefined;
  const method = read.method ?? (joined === undefined || isGet ? 'GET' : 'POST');
  if (!methods.has(method)) throw new Unreadable(`The method ${method} is not supported.`);
  const target = address.pathname + address.search;
  if (joined === undefined) return { method, target, headers };
  if (isGet || method === 'GET') return { method, target: target + (address.search ? '&' : '?') + joined, headers };
  return {
    method,
    target,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: joined,
  };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** Splits a command into words as a shell does: quotes of both kinds, `$'...'`, and lines continued by \, ^ or `. */
function shellWords(command: string): string[] {
  const text = command.replace(/[\\^`]\r?\n/g, ' ');
  const words: string[] = [];
  const part = /'([^']*)'|\$'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)|(\s+)|(.)/gs;
  let word: string | undefined;
  for (const [, plain, dollar, double, escaped, bare, space, broken] of text.matchAll(part)) {
    if (broken !== undefined)
      throw new Unreadable('A quotation mark is not closed. Part of the command may be missing.');
    if (space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    const said =
      double?.replace(/\\(["\\$`])/g, '$1') ?? dollar?.replace(/\\(.)/gs, (_all, one) => escapes[one] ?? one);
    word = (word ?? '') + (plain ?? said ?? escaped ?? bare ?? '');
  }
  return word === undefined ? words : [...words, word];
}
