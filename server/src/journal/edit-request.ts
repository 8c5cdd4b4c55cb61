import { findInJson } from '../platform/json/json-path.ts';
import { REDACTED, redactSecrets } from '../platform/redact/redact-secrets.ts';
import { isSecretName } from '../platform/redact/secret-names.ts';
import { bodyKind, findSent, type Sent, type SentValue } from './locate-value.ts';

/** A replacement of one value in a request. */
export interface Edit {
  /** Path of the value in the request: `type`, `contact.type`. */
  path: string;
  /** Replace only this value; undefined for any. */
  from?: string;
  to: string;
}

/** Replacements as they may be stored: without tokens, passwords and the like. */
export function withoutSecrets(edits: readonly Edit[]): Edit[] {
  return edits.map(({ path, from, to }) => {
    const isSecret = isSecretName(path.slice(path.lastIndexOf('.') + 1));
    const safe = (value: string) => (isSecret ? REDACTED : redactSecrets(value, []));
    return { path, ...(from !== undefined && { from: safe(from) }), to: safe(to) };
  });
}

/** A corrected request; undefined parts are unchanged. */
export interface EditedRequest {
  body?: Buffer;
  query?: string;
}

/** Replaces values in a stored request; all other bytes stay as they were received. */
export function editRequest(sent: Sent, edits: readonly Edit[]): EditedRequest {
  const edited: EditedRequest = {};
  for (const { path, from, to } of edits) {
    const now: Sent = { ...sent, query: edited.query ?? sent.query, body: edited.body ?? sent.body };
    const found = findSent(now, path);
    if (from !== undefined && found?.value !== from) continue;
    Object.assign(edited, found ? change(now, found, to) : add(now, path, to));
  }
  return edited;
}

function change(sent: Sent, { part, start, end }: SentValue, to: string): EditedRequest {
  const text = part === 'query' ? sent.query : (sent.body as Buffer).toString('utf8');
  const before = text.slice(0, start);
  const isJson = part === 'body' && bodyKind(sent) === 'json';
  const written = isJson
    ? asJson(to, text.slice(start, end))
    : (before.endsWith('=') ? '' : '=') + encodeURIComponent(to);
  const whole = before + written + text.slice(end);
  return part === 'query' ? { query: whole } : { body: Buffer.from(whole) };
}

/** Keeps the JSON type of the value: numbers stay numbers, booleans stay booleans, everything else is text. */
function asJson(to: string, was: string): string {
  const plain = !was.startsWith('"') && /^(?:true|false|null|-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?)$/.test(to);
  return plain ? to : JSON.stringify(to);
}

/** Adds a value that was not sent: to the body, or else to the query. */
function add(sent: Sent, path: string, to: string): EditedRequest {
  const kind = bodyKind(sent);
  const text = sent.body?.toString('utf8') ?? '';
  const pair = `${encodeURIComponent(path)}=${encodeURIComponent(to)}`;
  if (kind === 'form') return { body: Buffer.from(`${text}&${pair}`) };
  if (kind === 'json') return addMember(text, path, to);
  return { query: sent.query === '' ? pair : `${sent.query}&${pair}` };
}

/** Adds a member to the innermost existing object on the path. */
function addMember(text: string, path: string, to: string): EditedRequest {
  const dot = path.lastIndexOf('.');
  const parent = dot > 0 ? findInJson(text, path.slice(0, dot)) : undefined;
  const open = parent && text[parent.start] === '{' ? parent.start : text.search(/\S/);
  if (text[open] !== '{') return {};
  const name = open === parent?.start ? path.slice(dot + 1) : path;
  const comma = /^\{\s*\}/.test(text.slice(open)) ? '' : ',';
  const member = `${JSON.stringify(name)}:${JSON.stringify(to)}${comma}`;
  return { body: Buffer.from(text.slice(0, open + 1) + member + text.slice(open + 1)) };
}
