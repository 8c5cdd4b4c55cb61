import { fold } from '../platform/fold/fold.ts';
import { replaceAt } from '../platform/json/replace-in-json.ts';
import type { Pairs, Wire } from '../platform/wire.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import type { Reading, ReadingRule } from '../workspaces/reference/reading-rule.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';

/** A request after the reading rules, and the values they replaced. */
export interface ReadWire {
  wire: Wire;
  readings: readonly Reading[];
}

const none: readonly Reading[] = [];

/**
 * Applies the workspace's reading rules to a request before its dialect looks up names. The stored request is
 * unchanged. Pure; a rule for one token takes precedence over a rule for any token.
 */
export function readByRules(
  wire: Wire,
  referenceData: ReferenceData,
  { dialect, token_id }: Pick<Caller, 'dialect' | 'token_id'>,
): ReadWire {
  const rules = referenceData.readingRules.get(dialect);
  if (!rules) return { wire, readings: none };
  const readings: Reading[] = [];
  const done = new Set<string>();
  let read = wire;
  for (const rule of rules) {
    if ((rule.token_id !== null && rule.token_id !== token_id) || done.has(rule.field)) continue;
    const before = readings.length;
    read = applyRule(read, rule, readings);
    // A value that one rule inserted is not replaced by another.
    if (readings.length > before) done.add(rule.field);
  }
  return { wire: read, readings };
}

function applyRule(wire: Wire, rule: ReadingRule, readings: Reading[]): Wire {
  const { field, folded_value, meaning } = rule;
  const change = (found: unknown) => {
    const sent = typeof found === 'number' ? String(found) : found;
    if (typeof sent !== 'string' || fold(sent) !== folded_value) return found;
    if (!readings.some((one) => one.field === field)) readings.push({ field, sent: sent.trim(), meaning });
    return meaning;
  };
  const query = changePairs(wire.query, field, change);
  const { body } = wire;
  if (body.kind === 'json') return { ...wire, query, body: { ...body, ...replaceIn(body, field, change) } };
  if (body.kind === 'form') return { ...wire, query, body: { ...body, pairs: changePairs(body.pairs, field, change) } };
  return { ...wire, query };
}

function replaceIn(
  { value, exact }: Extract<Wire['body'], { kind: 'json' }>,
  field: string,
  change: (found: unknown) => unknown,
): { value: unknown; exact?: unknown } {
  const replaced = { value: replaceAt(value, field, change) };
  return exact === undefined ? replaced : { ...replaced, exact: replaceAt(exact, field, change) };
}

function changePairs(pairs: Pairs, field: string, change: (found: string) => unknown): Pairs {
  return pairs.map((pair) => (sameName(pair[0], field) ? ([pair[0], String(change(pair[1]))] as const) : pair));
}

/** Whether two field names are equal, given that some servers turn spaces and dots into underscores. */
export function sameName(sent: string, place: string): boolean {
  return sent === place || sent.replace(/[ .]/g, '_') === place.replace(/[ .]/g, '_');
}
