import Type, { type Static } from 'typebox';
import { instant, oneOf, textOrNull, viewShape } from '../../http/shapes.ts';
import { typeId } from '../../platform/ids.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import { activityKindNames } from '../activity-kinds.ts';
import type { Activity } from '../activity-store.ts';
import type { Touch } from '../touch-store.ts';

const submission = 'The submission that caused it: /v1/submissions/{id}.';

/** An entry of a lead's timeline as shown by `/v1`. */
export const activityView = viewShape('ActivityView', 'Something that happened to a lead, with the reason for it.', {
  id: Type.String(),
  lead_id: Type.String(),
  kind: oneOf(activityKindNames, 'Kind of activity.'),
  actor: Type.String({ description: 'Who did it: token:<id>, member:<id> or system.' }),
  reason: textOrNull('The reason, as a sentence.'),
  detail: Type.Object(
    {},
    { additionalProperties: true, description: 'What changed, and what the decision was based on.' },
  ),
  submission_id: textOrNull(submission),
  at: instant('When it happened.'),
});

/** A submission of a lead as shown by `/v1`. */
export const touchView = viewShape('TouchView', 'One arrival of a lead, with the fields that were sent.', {
  id: Type.String(),
  lead_id: Type.String(),
  submission_id: Type.String({ description: submission }),
  dialect: Type.String({ description: 'The API it was made through.' }),
  token_id: textOrNull('The token it was made with.'),
  source: textOrNull('The source that was sent.'),
  fields: Type.Object({}, { additionalProperties: true, description: 'The fields that were sent.' }),
  at: instant('When it was received.'),
});

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
