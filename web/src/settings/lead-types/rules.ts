import type { Shape } from '../../api/client.ts';

/** A field that leads of a type need, and when. */
export type Rule = Shape<'LeadTypeView'>['rules'][number];

/** The conditions of a rule, with their labels. */
export const kinds: readonly { value: Rule['when']; label: string }[] = [
  { value: 'always', label: 'always' },
  { value: 'state', label: 'when the lead is' },
  { value: 'given', label: 'when this is filled in:' },
  { value: 'equals', label: 'when this equals:' },
];

/** The states of a lead, with their labels. */
export const states: readonly { value: NonNullable<Rule['states']>[number]; label: string }[] = [
  { value: 'new', label: 'new' },
  { value: 'open', label: 'open' },
  { value: 'won', label: 'won' },
  { value: 'lost', label: 'lost' },
  { value: 'cancelled', label: 'cancelled' },
];

/** The rule with another condition, without the parts that this condition does not use. */
export function ofKind({ field, states: of, other, value }: Rule, when: Rule['when']): Rule {
  if (when === 'state') return { field, when, states: of ?? ['won'] };
  if (when === 'given') return { field, when, ...(other && { other }) };
  return when === 'equals' ? { field, when, ...(other && { other }), value: value ?? '' } : { field, when };
}

/** A rule in words: `City`, `Target amount when won`. */
export function ruleWords({ field, when, states: of = [], other = '', value }: Rule, label: (name: string) => string) {
  if (when === 'state') return `${label(field)} when ${of.join(' or ')}`;
  if (when === 'given') return `${label(field)} when ${label(other)} is filled in`;
  return when === 'equals' ? `${label(field)} when ${label(other)} is “${value}”` : label(field);
}
