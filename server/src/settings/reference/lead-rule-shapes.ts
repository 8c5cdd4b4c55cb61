import Type from 'typebox';
import { closed, oneOf } from '../../http/shapes.ts';
import { leadFieldNames } from '../../leads/fields.ts';
import { OWN_FIELD, ruledReferences } from '../../leads/lead-rules.ts';
import type { Issue } from '../../platform/problem.ts';
import { type LeadRule, lifecycleStates, type ReferenceData } from '../../workspaces/reference-data.ts';

const LONGEST_FIELD = 80;
const LONGEST_VALUE = 200;

const field = (description: string) => Type.String({ minLength: 1, maxLength: LONGEST_FIELD, description });

export const leadRule = closed(
  {
    field: field('The required field: one that /v1/lead-fields allows in rules, including custom.<name>.'),
    when: oneOf(
      ['always', 'state', 'given', 'equals'],
      'When the field is required: always, in certain states, when another field has a value, or when another field has a certain value. Lost and cancelled leads need only what rules of the kind "state" require.',
    ),
    states: Type.Optional(
      Type.Array(oneOf(lifecycleStates, 'A lifecycle state.'), {
        uniqueItems: true,
        maxItems: lifecycleStates.length,
        description: 'For "state": the states in which the field is required.',
      }),
    ),
    other: Type.Optional(field('The other field, for "given" and "equals".')),
    value: Type.Optional(
      Type.String({ maxLength: LONGEST_VALUE, description: `For "equals": the other field's value, ignoring case.` }),
    ),
  },
  'A field that a lead of the type needs. Checked on /v1 when a lead is created or its type or status changes; an update may not clear the field.',
);

/** Issues in the rules of a lead type that the schema does not detect. */
export function checkRules(rules: readonly LeadRule[], referenceData: ReferenceData): Issue[] {
  return rules.flatMap((rule, at) => checkRule(rule, `rules.${at}`, referenceData));
}

function checkRule({ field, when, states, other, value }: LeadRule, at: string, referenceData: ReferenceData): Issue[] {
  const issues: Issue[] = [];
  if (!mayRule(field, referenceData)) issues.push({ at: `${at}.field`, code: 'unknown_reference' });
  if (when === 'state' && !states?.length) issues.push({ at: `${at}.states`, code: 'required' });
  if (when === 'given' || when === 'equals') {
    if (other === undefined) issues.push({ at: `${at}.other`, code: 'required' });
    else if (!mayRule(other, referenceData) || other === field)
      issues.push({ at: `${at}.other`, code: 'unknown_reference' });
  }
  if (when === 'equals' && !value?.trim()) issues.push({ at: `${at}.value`, code: 'required' });
  return issues;
}

/** Whether rules may refer to the field. */
function mayRule(name: string, referenceData: ReferenceData): boolean {
  if (name.startsWith(OWN_FIELD)) return referenceData.customFields.has(name.slice(OWN_FIELD.length));
  return [...leadFieldNames, ...ruledReferences].some((one) => one === name);
}

/** Name of a lead type whose rules refer to a custom field. As long as there is one, the field cannot be deleted. */
export function typeRuling(name: string, referenceData: ReferenceData): string | undefined {
  const ruleName = `${OWN_FIELD}${name}`;
  return referenceData
    .all('type')
    .find(({ rules = [] }) => rules.some(({ field, other }) => field === ruleName || other === ruleName))?.name;
}
