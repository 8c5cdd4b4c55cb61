import type { Issue } from '../platform/problem.ts';
import { foldName, type LeadRule, type LifecycleState, type ReferenceData } from '../workspaces/reference-data.ts';
import type { LeadField } from './fields.ts';
import type { Lead } from './lead.ts';

/** What a rule can speak of besides fields. The owner is not among them: routing says who that is. */
export const ruledReferences = ['source', 'department', 'category'] as const;
type RuledReference = (typeof ruledReferences)[number];

/** Begins the name of a field of the workspace's own. */
export const OWN_FIELD = 'custom.';

/** A lead as rules look at it, stored or only asked for. */
export interface Ruled {
  type_id: string | null | undefined;
  state: LifecycleState | undefined;
  /** What stands in a field; of a reference its name. */
  value(field: string): unknown;
}

/** A stored lead as rules look at it. */
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

/** What a lead lacks by the rules of its type: one issue for a field, however many rules ask for it. */
export function lackingByRules(ruled: Ruled, referenceData: ReferenceData): Issue[] {
  return issuesOf(brokenRules(ruled, referenceData), ruled, referenceData);
}

/**
 * What a change may not leave out: all that the type asks for when the type or the status changes, else only what the
 * change itself takes away. A lead that came without something by another way can still be worked on.
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

/** Whoever gives a lead up need not complete it first: only what is asked of lost or cancelled leads is asked then. */
function applies({ when, states, other = '', value = '' }: LeadRule, ruled: Ruled): boolean {
  const { state } = ruled;
  if (when === 'state') return state !== undefined && (states?.includes(state) ?? false);
  if (state === 'lost' || state === 'cancelled') return false;
  if (when === 'always') return true;
  const held = ruled.value(other);
  return !isBlank(held) && (when === 'given' || foldName(String(held)) === foldName(value));
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
