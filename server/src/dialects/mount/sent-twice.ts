import { topLevelNames } from '../../platform/json/json-scan.ts';
import type { Pairs, Wire } from '../../platform/wire.ts';
import type { Dialect } from '../dialect.ts';

/**
 * Whether a credential's parameter is repeated in the query, the form or the JSON object. Servers disagree about which
 * one counts, so a proxy may have checked a different one from the one that we read.
 */
export function isSentTwice(
  { query, body, text }: Wire,
  { query: inQuery, body: inBody }: Dialect['secretNames'],
): boolean {
  if (repeats(namesOf(query), inQuery)) return true;
  if (body.kind === 'form') return repeats(namesOf(body.pairs), inBody);
  return body.kind === 'json' && text.startsWith('{') && repeats(topLevelNames(text), inBody);
}

const namesOf = (pairs: Pairs) => pairs.map(([name]) => name);

function repeats(sent: readonly string[], names: readonly string[]): boolean {
  return names.some((name) => sent.indexOf(name) !== sent.lastIndexOf(name));
}
