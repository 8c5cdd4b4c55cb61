/** A rule that replaces a value in requests: `motor-trad` in `type` means `Motor trade`. */
export interface ReadingRule {
  id: string;
  dialect: string;
  /** Null for a rule that applies to every token. */
  token_id: string | null;
  /** Name of the field in the request: `type`, `contact.type`. */
  field: string;
  /** The value to replace. */
  value: string;
  /** The value as it is compared: without regard to case and surrounding spaces. */
  folded_value: string;
  /** The value to use instead. */
  meaning: string;
}

/** A value that a rule replaced, for the lead's timeline. */
export interface Reading {
  field: string;
  sent: string;
  meaning: string;
}

/** Maximum number of rules per workspace, since each request is checked against all rules of its dialect. */
export const MOST_READING_RULES = 500;

/** Rules by dialect; rules for one token come before rules for any token. */
export function groupRules(rules: readonly ReadingRule[]): ReadonlyMap<string, readonly ReadingRule[]> {
  const referenceKinds = new Map<string, ReadingRule[]>();
  const ofTokensFirst = [...rules].sort((a, b) => Number(a.token_id === null) - Number(b.token_id === null));
  for (const rule of ofTokensFirst)
    referenceKinds.set(rule.dialect, [...(referenceKinds.get(rule.dialect) ?? []), rule]);
  return referenceKinds;
}
