import { issueSentence } from '../http/issue-words.ts';
import type { Issue, Problem } from '../platform/problem.ts';
import type { ReferenceData, ReferenceKind } from '../workspaces/reference-data.ts';

import { findSent, type Sent } from './locate-value.ts';
import { problemWords } from './submission-words.ts';
import { suggestValue } from './suggest-value.ts';
import { canAddRule } from './value-in-error.ts';

/** One error in a request, with everything needed to correct it. */
export interface SubmissionError {
  field: string;
  code: string;
  rule: string;
  value: string | null;
  part: 'body' | 'query' | null;
  start: number | null;
  end: number | null;
  suggestion: string | null;
  /** Values that the field may have, if there is a list of them. */
  known_values: string[];
  /** Whether a reading rule can be created for the value. */
  can_add_rule: boolean;
}

const nowhere = {
  value: null,
  part: null,
  start: null,
  end: null,
  suggestion: null,
  known_values: [],
  can_add_rule: false,
};
/** Longer lists of values are cut off, because they are too long to pick from. */
const MOST_VALUES = 200;

/** The errors in a stored request: the value that was sent, its position, and a suggestion. */
export function errorsOf(
  problem: Problem | null,
  sent: Sent & { dialect: string },
  referenceData: ReferenceData,
): SubmissionError[] {
  if (!problem) return [];
  if (problem.kind === 'invalid') return problem.issues.map((issue) => errorOf(issue, sent, referenceData));
  const at = problem.kind === 'malformed' ? /at position (\d+)/.exec(problem.detail)?.[1] : undefined;
  const place = at === undefined ? {} : { part: 'body' as const, start: Number(at), end: Number(at) + 1 };
  const rule = problemWords(problem);
  return [{ ...nowhere, ...place, field: '', code: problem.kind, rule: /[.!]$/.test(rule) ? rule : `${rule}.` }];
}

function errorOf(issue: Issue, sent: Sent & { dialect: string }, referenceData: ReferenceData): SubmissionError {
  const found = findSent(sent, issue.at);
  const known = knownValues(issue, referenceData);
  return {
    field: issue.at,
    code: issue.code,
    rule: issueSentence(issue),
    value: found?.value ?? null,
    part: found?.part ?? null,
    start: found?.start ?? null,
    end: found?.end ?? null,
    suggestion: (found && suggestValue(found.value, known)) ?? null,
    known_values: known.slice(0, MOST_VALUES),
    can_add_rule: found !== undefined && found.value.trim() !== '' && canAddRule(sent.dialect, issue.code),
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

/** Values that are allowed in a field, if there is a list of them. */
function knownValues({ at, code, limits }: Issue, referenceData: ReferenceData): readonly string[] {
  if (limits?.allowed) return limits.allowed;
  if (code !== 'unknown_reference' && code !== 'not_in_list') return [];
  const kind = kinds.find(([pattern]) => pattern.test(at))?.[1];
  return kind ? referenceData.all(kind).map(({ name }) => name) : [];
}
