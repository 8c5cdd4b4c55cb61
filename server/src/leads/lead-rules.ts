import { fold } from '../platform/fold/fold.ts';
import type { Issue } from '../platform/problem.ts';
import type { LeadRule, LifecycleState, ReferenceData } from '../workspaces/reference-data.ts';

import type { LeadField } from './fields.ts';
import type { Lead } from './lead.ts';

/** References that rules may require besides fields. The owner is excluded because routing sets it. */
export const ruledReferences = ['source', 'department', 'category'] as const;
type RuledReference = (typeof ruledReferences)[number];

/** Prefix of custom field names. */
export const OWN_FIELD = 'custom.';

/** The part of a lead that rules examine. The lead may be stored or only requested so far. */
export interface Ruled {
  type_id: string | null | undefined;
  state: LifecycleState | undefined;
  /** Value of a field; for a reference, the name of the item. */
  value(field: string): unknown;
}

function ruledLead(lead: Lead, referenceData: ReferenceData): Ruled {
  return {
    type_id: lead.type_id,
    state: referenceData.get('status', lead.status_id)?.state,
    value: (field) => {
      if (field.startsWith(OWN_FIELD)) return lead.custom[field.slice(OWN_FIELD.length)];
      if (isReference(field)) return referenceData.get(field, lead[`${field}_id`])?.name;
      return lead[field as LeadField];
    },
  };
}

/** Required fields that are missing according to the lead type's rules; one issue per field. */
export function lackingByRules(ruled: Ruled, referenceData: ReferenceData): Issue[] {
  return issuesOf(brokenRules(ruled, referenceData), ruled, referenceData);
}

/**
 * Required fields that a change must supply: all of them if the type or status changes, otherwise only those that the
 * change itself clears. This way incomplete leads from other sources can still be edited.
 */
export function lackingAfter(before: Lead, after: Lead, referenceData: ReferenceData): Issue[] {
  const ruled = ruledLead(after, referenceData);
  const broken = brokenRules(ruled, referenceData);
  const moved = before.type_id !== after.type_id || before.status_id !== after.status_id;
  if (moved || broken.length === 0) return issuesOf(broken, ruled, referenceData);
  const known = new Set(brokenRules(ruledLead(before, referenceData), referenceData));
  return issuesOf(
    broken.filter((rule) => !known.has(rule)),
    ruled,
    referenceData,
  );
}

function brokenRules(ruled: Ruled, referenceData: ReferenceData): LeadRule[] {
  const rules = referenceData.get('type', ruled.type_id)?.rules ?? [];
  return rules.filter((rule) => applies(rule, ruled) && isBlank(ruled.value(rule.field)));
}

/**
 * Lost and cancelled leads only have to satisfy the rules for those states, so a lead can be closed while incomplete.
 */
function applies({ when, states, other = '', value = '' }: LeadRule, ruled: Ruled): boolean {
  const { state } = ruled;
  if (when === 'state') return state !== undefined && (states?.includes(state) ?? false);
  if (state === 'lost' || state === 'cancelled') return false;
  if (when === 'always') return true;
  const held = ruled.value(other);
  return !isBlank(held) && (when === 'given' || fold(String(held)) === fold(value));
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function isReference(field: string): field is RuledReference {
  return ruledReferences.some((reference) => reference === field);
}

function issuesOf(rules: readonly LeadRule[], { type_id }: Ruled, referenceData: ReferenceData): Issue[] {
  const of = referenceData.get('type', type_id)?.name ?? '';
  const byField = new Map<string, Issue>();
  for (const { field, ...rule } of rules)
    if (!byField.has(field)) byField.set(field, { at: field, field, code: 'required', rule: { of, ...rule } });
  return [...byField.values()];
}
