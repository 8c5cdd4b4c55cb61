/** How a value that senders send is to be read: `motor-trad` in `type` means `Motor trade`. */
export interface ReadingRule {
  id: string;
  dialect: string;
  /** null: whichever token it came with. */
  token_id: string | null;
  /** Where it stands, in the words of the request: `type`, `contact.type`. */
  field: string;
  /** What is sent there. */
  value: string;
  /** The same as it is compared: neither case nor blanks at the ends count. */
  folded_value: string;
  /** What is read in its place. */
  meaning: string;
}

/** A value that was read as another, for the lead's timeline. */
export interface Reading {
  field: string;
  sent: string;
  meaning: string;
}

/** Most rules of a workspace: they are looked through for every request of their dialect. */
export const MOST_READING_RULES = 500;

/** Rules by dialect; those of a token come before those of any. */
export function groupRules(rules: readonly ReadingRule[]): ReadonlyMap<string, readonly ReadingRule[]> {
  const referenceKinds = new Map<string, ReadingRule[]>();
  const ofTokensFirst = [...rules].sort((a, b) => Number(a.token_id === null) - Number(b.token_id === null));
  for (const rule of ofTokensFirst)
    referenceKinds.set(rule.dialect, [...(referenceKinds.get(rule.dialect) ?? []), rule]);
  return referenceKinds;
}
