import { issueSentence } from '../http/issue-words.ts';
import type { Issue, Problem } from '../platform/problem.ts';
import type { ReferenceData, ReferenceKind } from '../workspaces/reference-data.ts';
import { closest } from './closest.ts';
import { findSent, type Sent } from './locate-value.ts';
import { problemWords } from './submission-words.ts';
import { isTeachable } from './value-in-error.ts';

/** One value at fault, as somebody who mends it needs it. */
export interface Fault {
  field: string;
  code: string;
  rule: string;
  found: string | null;
  part: 'body' | 'query' | null;
  start: number | null;
  end: number | null;
  suggestion: string | null;
  /** The words that are known there, as far as anybody knows. */
  words: string[];
  /** May a rule say what is meant by it? */
  teachable: boolean;
}

const nowhere = { found: null, part: null, start: null, end: null, suggestion: null, words: [], teachable: false };
/** More words than these are no choice. */
const MOST_WORDS = 200;

/** The values at fault in a kept request: what was sent there, where it stands, what may have been meant. */
export function faultsOf(
  problem: Problem | null,
  sent: Sent & { dialect: string },
  referenceData: ReferenceData,
): Fault[] {
  if (!problem) return [];
  if (problem.kind === 'invalid') return problem.issues.map((issue) => faultOf(issue, sent, referenceData));
  const at = problem.kind === 'malformed' ? /at position (\d+)/.exec(problem.detail)?.[1] : undefined;
  const place = at === undefined ? {} : { part: 'body' as const, start: Number(at), end: Number(at) + 1 };
  const rule = problemWords(problem);
  return [{ ...nowhere, ...place, field: '', code: problem.kind, rule: /[.!]$/.test(rule) ? rule : `${rule}.` }];
}

function faultOf(issue: Issue, sent: Sent & { dialect: string }, referenceData: ReferenceData): Fault {
  const found = findSent(sent, issue.at);
  const known = wordsKnown(issue, referenceData);
  return {
    field: issue.at,
    code: issue.code,
    rule: issueSentence(issue),
    found: found?.value ?? null,
    part: found?.part ?? null,
    start: found?.start ?? null,
    end: found?.end ?? null,
    suggestion: (found && closest(found.value, known)) ?? null,
    words: known.slice(0, MOST_WORDS),
    teachable: found !== undefined && found.value.trim() !== '' && isTeachable(sent.dialect, issue.code),
  };
}

const kinds: readonly [RegExp, ReferenceKind][] = [
  [/type/i, 'type'],
  [/status|state/i, 'status'],
  [/source/i, 'source'],
  [/department|unit/i, 'department'],
  [/owner|staff|agent|assigned/i, 'member'],
  [/categor/i, 'category'],
  [/country/i, 'country'],
];

/** The words that are allowed at a place, as far as anybody knows. */
function wordsKnown({ at, code, limits }: Issue, referenceData: ReferenceData): readonly string[] {
  if (limits?.allowed) return limits.allowed;
  if (code !== 'unknown_reference' && code !== 'not_in_list') return [];
  const kind = kinds.find(([pattern]) => pattern.test(at))?.[1];
  return kind ? referenceData.all(kind).map(({ name }) => name) : [];
}
