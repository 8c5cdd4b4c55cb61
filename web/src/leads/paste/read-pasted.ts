import type { Dialect } from '../../app/dialects.ts';
import { isCurl, type PastedRequest, readCurl, Unreadable } from './read-curl.ts';

/** What stands for the secret in examples, and in commands that were copied from here. */
const placeholder = /YOUR_\w+|%7B\w*%7D|%3C\w+%3E|[<{]\w*[>}]|^\$/;

/** A pasted text that can be sent. */
export interface Pasted {
  request: PastedRequest;
  dialect: Dialect;
  /** Whether there is a token in it, and not only a placeholder for one. */
  hasToken: boolean;
}

/**
 * Reads a curl command, or the body of a request; a body alone goes where the example of its API goes. `chosen` names
 * the API of a body that several could understand. Throws `Unreadable`.
 */
export function readPasted(text: string, dialects: readonly Dialect[], chosen?: string): Pasted {
  if (isCurl(text)) {
    const request = readCurl(text);
    return { request, dialect: dialectAt(request.target, dialects), hasToken: hasToken(request) };
  }
  const names = namesIn(text);
  if (!names) throw new Unreadable('This is neither a curl command nor the body of a request (JSON or a form).');
  const dialect = dialects.find(({ name }) => name === chosen) ?? likeliest(names, dialects);
  if (!dialect) throw new Unreadable('Several APIs could understand this body. Choose the one it is for.');
  const example = readCurl(dialect.example);
  const type = /^\s*[[{]/.test(text) ? 'application/json' : 'application/x-www-form-urlencoded';
  const target = example.body === undefined ? onlyToken(example.target) : example.target;
  const request = {
    ...example,
    target,
    method: 'POST',
    headers: { ...example.headers, 'content-type': type },
    body: text.trim(),
  };
  return { request, dialect, hasToken: hasToken(request) };
}

/** The API whose endpoint a path is. */
function dialectAt(target: string, dialects: readonly Dialect[]): Dialect {
  const path = target.replace(/[?#].*$/s, '').replace(/\/+/g, '/');
  const isBelow = (prefix: string) => path === prefix || path.startsWith(`${prefix.replace(/\/$/, '')}/`);
  const [found] = dialects
    .flatMap((dialect) => dialect.prefixes.filter(isBelow).map((prefix) => ({ dialect, prefix })))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  if (!found) throw new Unreadable(`None of the APIs of this server has the path ${path}.`);
  return found.dialect;
}

/** The names of the fields in a body; undefined if it is neither JSON nor a form. */
function namesIn(text: string): string[] | undefined {
  const body = text.trim();
  if (body.startsWith('{')) {
    try {
      return Object.keys(JSON.parse(body) as object);
    } catch {
      throw new Unreadable('This looks like JSON but cannot be read. Part of it may be missing.');
    }
  }
  return /^[\w.[\]%+-]+=[^\s]*$/.test(body) ? [...new URLSearchParams(body).keys()] : undefined;
}

/** The API that knows more of these names than any other. */
function likeliest(names: readonly string[], dialects: readonly Dialect[]): Dialect | undefined {
  const known = (dialect: Dialect) => {
    const fields = new Set(dialect.field_names.map((name) => name.replace(/[.[].*$/, '')));
    return names.filter((name) => fields.has(name)).length;
  };
  const [first, second] = dialects
    .map((dialect) => ({ dialect, count: known(dialect) }))
    .sort((a, b) => b.count - a.count);
  return first && first.count > 0 && first.count !== second?.count ? first.dialect : undefined;
}

/** The example's target without the fields of its lead. */
function onlyToken(target: string): string {
  const { path, query } = parts(target);
  const token = query.filter(([name]) => isSecret(name));
  return token.length > 0 ? `${path}?${token.map((pair) => pair.join('=')).join('&')}` : path;
}

function parts(target: string) {
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  const pairs = at < 0 ? [] : target.slice(at + 1).split('&');
  return { path, query: pairs.map((pair) => pair.split(/=(.*)/s).slice(0, 2)) };
}

const isSecret = (name: string | undefined) => name === 'token' || name === 'key';
const inBody = /((?:^|&)(?:token|key)=|"(?:token|key)"\s*:\s*")([^"&]*)/g;
const inPath = /(?<=\/)gl_\w+/;

/** Every place of a request where its API may look for the token, with what stands there. */
function secretsOf({ target, headers, body = '' }: PastedRequest): string[] {
  const { path, query } = parts(target);
  const inHeader = headers['authorization']?.replace(/^\s*\w+\s+/, '');
  return [
    ...query.flatMap(([name, value = '']) => (isSecret(name) ? [value] : [])),
    ...[...body.matchAll(inBody)].map(([, , value = '']) => value),
    ...[inPath.exec(path)?.[0], inHeader, headers['x-api-key']].flatMap((value) => value ?? []),
  ].filter((value) => value !== '');
}

function hasToken(request: PastedRequest): boolean {
  const secrets = secretsOf(request);
  return secrets.length > 0 && !secrets.some((secret) => placeholder.test(secret));
}

/** The request with another token wherever one stands, or in a header if there is none in the address and body. */
export function withToken({ target, headers, body, ...request }: PastedRequest, token: string): PastedRequest {
  const { path, query } = parts(target);
  const { authorization: _, 'x-api-key': __, ...others } = headers;
  const pairs = query.map(([name, value]) => (isSecret(name) ? `${name}=${token}` : [name, value].join('=')));
  const placed = {
    ...request,
    target: path.replace(inPath, token) + (pairs.length > 0 ? `?${pairs.join('&')}` : ''),
    headers: others,
    ...(body !== undefined && { body: body.replace(inBody, `$1${token}`) }),
  };
  if (placed.target.includes(token) || placed.body?.includes(token)) return placed;
  return { ...placed, headers: { ...others, authorization: `Bearer ${token}` } };
}
