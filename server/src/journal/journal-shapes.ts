import Type, { type Static } from 'typebox';
import { closed, instant, instantOrNull, textOrNull, viewShape } from '../http/shapes.ts';
import type { Outcome } from '../intake/result.ts';
import { timeOfId } from '../platform/ids.ts';
import type { SubmissionGroup } from './submission-group.ts';
import type { SubmissionFilter } from './submission-where-store.ts';
import { problemWords } from './submission-words.ts';
import { canAddRule } from './value-in-error.ts';

/** Each count of a summary stops at this number. */
export const MOST_COUNTED = 10_000;

const count = (description: string) => Type.Integer({ minimum: 0, description });

export const submissionSummary = viewShape('SubmissionSummary', 'Number of requests by outcome.', {
  all: count('All requests.'),
  accepted: count('Requests that created a lead or otherwise succeeded.'),
  matched: count('Requests that matched an existing lead: merged and duplicate.'),
  refused: count('Requests that were refused.'),
  failed: count('Requests that failed because of a server error.'),
  test: count('Test requests.'),
  count_limit: Type.Integer({ description: 'Counting stops at this number.' }),
  from: instantOrNull('Start of the period; null if unlimited.'),
  to: instantOrNull('End of the period; null for now.'),
  searched_to: instantOrNull(
    'Requests older than this were not counted because there are too many; null if all were counted.',
  ),
  visible_leads_only: Type.Boolean({
    description:
      'true if only requests for leads that you can see were counted. Refused requests have no lead, so only members who see all leads see them.',
  }),
});

/** The response for a summary. */
export function viewSummary(
  counts: ReadonlyMap<Outcome, number>,
  filter: SubmissionFilter | undefined,
  { visible_leads_only, end }: { visible_leads_only: boolean; end?: string | undefined },
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
    count_limit: MOST_COUNTED,
    from: filter?.from?.toISOString() ?? null,
    to: filter?.to?.toISOString() ?? null,
    searched_to: whenOf(end),
    visible_leads_only,
  };
}

/** When the oldest of the searched requests was received. */
export function whenOf(end: string | undefined): string | null {
  return end ? timeOfId(end).toISOString() : null;
}

const keyProperties = {
  dialect: Type.String({ maxLength: 100, description: 'The API the requests were made through.' }),
  code: Type.String({ maxLength: 100, description: 'Code of the rule that was broken, or the kind of problem.' }),
  field: Type.String({ maxLength: 1000, description: 'The field in error; empty for the request as a whole.' }),
  value: textOrNull('The value that was sent; null if it differs between requests.', { maxLength: 1000 }),
};

/** Identifies a group of requests with the same error. */
export const groupKey = closed(keyProperties, 'A group of requests with the same error.');

export const submissionGroups = viewShape(
  'SubmissionGroups',
  'Groups of requests with the same error, most frequent first.',
  {
    data: Type.Array(
      Type.Object({
        ...keyProperties,
        detail: Type.String({ description: 'Short description of the error.' }),
        count: Type.Integer(),
        first_at: instant('When the first of them was received.'),
        last_at: instant('When the last of them was received.'),
        example_id: Type.String({ description: 'The newest request of the group.' }),
        can_add_rule: Type.Boolean({ description: 'Whether a reading rule can be created for the value.' }),
      }),
    ),
    searched_to: instantOrNull('Requests older than this were not searched; null if all were.'),
  },
);

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
    can_add_rule: value !== null && canAddRule(dialect, code),
  };
}
