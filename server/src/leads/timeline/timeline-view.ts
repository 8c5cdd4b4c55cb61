import Type, { type Static } from 'typebox';
import { instant, oneOf, shape, textOrNull } from '../../http/shapes.ts';
import { typeId } from '../../platform/ids.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import { activityKindNames } from '../activity-kinds.ts';
import type { Activity } from '../activity-store.ts';
import type { Touch } from '../touch-store.ts';

const submission = 'The request that brought it: /v1/submissions/{id}.';

/** A line of a lead's timeline as `/v1` shows it. */
export const activityView = shape(
  'ActivityView',
  Type.Object(
    {
      id: Type.String(),
      lead_id: Type.String(),
      kind: oneOf(activityKindNames, 'What happened.'),
      actor: Type.String({ description: 'Who did it: token:<id>, member:<id> or system.' }),
      reason: textOrNull('Why, in a sentence.'),
      detail: Type.Object({}, { additionalProperties: true, description: 'What changed, and what decided.' }),
      submission_id: textOrNull(submission),
      at: instant('When.'),
    },
    { description: 'A change or decision, with its reason.' },
  ),
);

/** An arrival of a lead as `/v1` shows it. */
export const touchView = shape(
  'TouchView',
  Type.Object(
    {
      id: Type.String(),
      lead_id: Type.String(),
      submission_id: Type.String({ description: submission }),
      dialect: Type.String({ description: 'The API it came by.' }),
      token_id: textOrNull('The token it came with.'),
      source: textOrNull('The source it named.'),
      fields: Type.Object({}, { additionalProperties: true, description: 'What it brought.' }),
      at: instant('When it came.'),
    },
    { description: 'One arrival of a lead, with what it brought.' },
  ),
);

export function viewActivity(activity: Activity): Static<typeof activityView.schema> {
  return {
    id: activity.id,
    lead_id: typeId('lead', activity.lead_id),
    kind: activity.kind,
    actor: activity.actor,
    reason: activity.reason,
    detail: activity.detail ?? {},
    submission_id: activity.submission_id,
    at: activity.at.toISOString(),
  };
}

export function viewTouch(touch: Touch, referenceData: ReferenceData): Static<typeof touchView.schema> {
  return {
    id: touch.id,
    lead_id: typeId('lead', touch.lead_id),
    submission_id: touch.submission_id,
    dialect: touch.dialect,
    token_id: touch.token_id,
    source: referenceData.get('source', touch.source_id)?.name ?? null,
    fields: touch.fields,
    at: touch.at.toISOString(),
  };
}
