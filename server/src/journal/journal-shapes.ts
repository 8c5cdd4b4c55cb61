import Type, { type Static } from 'typebox';
import { closed, instant, instantOrNull, shape, textOrNull } from '../http/shapes.ts';
import type { Outcome } from '../intake/result.ts';
import { timeOfId } from '../platform/ids.ts';
import type { SubmissionGroup } from './submission-group.ts';
import type { SubmissionFilter } from './submission-where-store.ts';
import { problemWords } from './submission-words.ts';
import { isTeachable } from './value-in-error.ts';

/** How far each count of a summary goes. */
export const MOST_COUNTED = 10_000;

const count = (description: string) => Type.Integer({ minimum: 0, description });

/** What GET /v1/submissions/summary answers. */
export const submissionSummary = shape(
  'SubmissionSummary',
  Type.Object(
    {
      all: count('All of them.'),
      accepted: count('Those that brought a new lead, or did what they asked for.'),
      matched: count('Those that belonged to a known lead: merged and duplicate.'),
      refused: count('Those that were refused.'),
      failed: count('Those that failed for a reason of the server.'),
      test: count('Those that were only tests.'),
      most: Type.Integer({ description: 'A count that has reached this went no further.' }),
      from: instantOrNull('Counted from here on; null: from the beginning.'),
      to: instantOrNull('Counted until here; null: until now.'),
      searched_to: instantOrNull('What is older than this was not counted: there is too much of it. null: all was.'),
      confined: Type.Boolean({
        description:
          'true: only requests of leads that you see were counted; refused ones have no lead, so members who see all leads see them.',
      }),
    },
    { description: 'How many requests ended how.' },
  ),
);

/** Words a summary. */
export function viewSummary(
  counts: ReadonlyMap<Outcome, number>,
  filter: SubmissionFilter | undefined,
  { confined, end }: { confined: boolean; end?: string | undefined },
): Static<typeof submissionSummary.schema> {
  const of = (...outcomes: Outcome[]) =>
    Math.min(
      MOST_COUNTED,
      outcomes.reduce((sum, outcome) => sum + (counts.get(outcome) ?? 0), 0),
    );
  return {
    all: of('accepted', 'merged', 'duplicate', 'refused', 'failed', 'test'),
    accepted: of('accepted'),
    matched: of('merged', 'duplicate'),
    refused: of('refused'),
    failed: of('failed'),
    test: of('test'),
    most: MOST_COUNTED,
    from: filter?.from?.toISOString() ?? null,
    to: filter?.to?.toISOString() ?? null,
    searched_to: whenOf(end),
    confined,
  };
}

/** When the last request came that was looked at. */
export function whenOf(end: string | undefined): string | null {
  return end ? timeOfId(end).toISOString() : null;
}

const keyProperties = {
  dialect: Type.String({ maxLength: 100, description: 'The API they came by.' }),
  code: Type.String({ maxLength: 100, description: 'The rule that was broken, or the kind of the problem.' }),
  field: Type.String({ maxLength: 1000, description: 'The value at fault; empty: the whole.' }),
  value: textOrNull('What was sent there; null when it differs from one to the next.', { maxLength: 1000 }),
};

/** Names a group of equal errors. */
export const groupKey = closed(keyProperties, 'A group of equal errors.');

/** What GET /v1/submissions/groups answers. */
export const submissionGroups = shape(
  'SubmissionGroups',
  Type.Object(
    {
      data: Type.Array(
        Type.Object({
          ...keyProperties,
          detail: Type.String({ description: 'What is wrong, in few words.' }),
          count: Type.Integer(),
          first_at: instant('When the first of them came.'),
          last_at: instant('When the last of them came.'),
          example_id: Type.String({ description: 'The newest of them.' }),
          teachable: Type.Boolean({ description: 'May a rule say what is meant by the value?' }),
        }),
      ),
      searched_to: instantOrNull('What is older than this was not looked at; null: all was.'),
    },
    { description: 'Groups of equal errors, the most frequent first.' },
  ),
);

/** Shows a group. */
export function viewGroup(group: SubmissionGroup) {
  const { problem, first_at, last_at, dialect, code, field, value, count: size, example_id } = group;
  return {
    dialect,
    code,
    field,
    value,
    detail: problemWords(problem, value),
    count: size,
    first_at: first_at.toISOString(),
    last_at: last_at.toISOString(),
    example_id,
    teachable: value !== null && isTeachable(dialect, code),
  };
}
