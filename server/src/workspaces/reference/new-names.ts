/** Lists that requests may extend. */
export const namedKinds = ['source', 'status', 'deal_stage'] as const;
export type NamedKind = (typeof namedKinds)[number];

/** A name from a request. `means` is the item it stands for; null while it waits for approval. */
export interface SentName {
  id: string;
  kind: NamedKind;
  folded_name: string;
  means: string | null;
}

/** The new names from requests, as far as they are needed to prepare a request. */
export interface NewNames {
  /** Number of items that requests created and nobody has approved. */
  readonly unapproved: { readonly [K in NamedKind]: number };
  /** Number of custom fields created by requests, and of those created by hand. */
  readonly fieldsByRequest: number;
  readonly fieldsByPeople: number;
  /** Number of names that wait for approval. */
  readonly waiting: number;
  /** Finds a name in its folded form. */
  find(kind: NamedKind, foldedName: string): SentName | undefined;
}

/** Indexes the names that requests have sent. */
export function makeNewNames(counts: Omit<NewNames, 'find' | 'waiting'>, names: readonly SentName[]): NewNames {
  const byName = new Map(names.map((one) => [`${one.kind}:${one.folded_name}`, one]));
  return {
    ...counts,
    waiting: names.filter(({ means }) => means === null).length,
    find: (kind, foldedName) => byName.get(`${kind}:${foldedName}`),
  };
}

export const noNewNames = makeNewNames(
  { unapproved: { source: 0, status: 0, deal_stage: 0 }, fieldsByRequest: 0, fieldsByPeople: 0 },
  [],
);
