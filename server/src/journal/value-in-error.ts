import type { Problem } from '../platform/problem.ts';
import { findSent, type Sent } from './locate-value.ts';

/** Rules whose values belong to the sender's vocabulary and reveal nothing about a person. */
export const valuedCodes = ['unknown_reference', 'not_in_list', 'not_number', 'not_integer', 'not_boolean', 'not_date'];
/**
 * Whether a reading rule can be created for a value with this error. Requests to our own API use its own names, so they
 * need no rules.
 */
export function canAddRule(dialect: string, code: string): boolean {
  return dialect !== 'native' && valuedCodes.includes(code);
}
/** Larger bodies are not searched for a value. */
const LARGEST_SEARCHED = 16_384;
const LONGEST_VALUE = 200;

/** The value in the first error, if it may be shown in a list; null for fields whose values differ between requests. */
export function valueInError(problem: Problem | null, sent: Sent): string | null {
  const [issue] = problem?.kind === 'invalid' ? problem.issues : [];
  if (!issue || !valuedCodes.includes(issue.code)) return null;
  return findSent(sent, issue.at)?.value.slice(0, LONGEST_VALUE) ?? null;
}

/**
 * SQL for the body, selected only where it is needed to find the value. `of` is the alias of the submission, `codes`
 * the parameter with the rules.
 */
export const searchedBody = (of: string, codes: string) =>
  `CASE WHEN ${of}.problem -> 'issues' -> 0 ->> 'code' = ANY (${codes}::text[]) AND length(${of}.body) <= ${LARGEST_SEARCHED}
     THEN ${of}.body END AS body`;
