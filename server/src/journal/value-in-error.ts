import type { Problem } from '../platform/problem.ts';
import { findSent, type Sent } from './locate-value.ts';

/** Rules whose values say something of the sender's list of words, and nothing of a person. */
export const valuedCodes = ['unknown_reference', 'not_in_list', 'not_number', 'not_integer', 'not_boolean', 'not_date'];
/** Can a rule say what is meant by such a value? Our own API is asked by id or by name, in its own words. */
export function isTeachable(dialect: string, code: string): boolean {
  return dialect !== 'native' && valuedCodes.includes(code);
}
/** Larger bodies are not looked into for a value. */
const LARGEST_SEARCHED = 16_384;
const LONGEST_VALUE = 200;

/** What was sent where the first error is, if that may be shown in a list; null where values differ from one to the next. */
export function valueAtFault(problem: Problem | null, sent: Sent): string | null {
  const [issue] = problem?.kind === 'invalid' ? problem.issues : [];
  if (!issue || !valuedCodes.includes(issue.code)) return null;
  return findSent(sent, issue.at)?.value.slice(0, LONGEST_VALUE) ?? null;
}

/** The body in a query, where it is needed to find that value. `of` names the submission, `codes` the rules. */
export const searchedBody = (of: string, codes: string) =>
  `CASE WHEN ${of}.problem -> 'issues' -> 0 ->> 'code' = ANY (${codes}::text[]) AND length(${of}.body) <= ${LARGEST_SEARCHED}
     THEN ${of}.body END AS body`;
