/** Everything by which the records of one person are recognised. */
export interface Person {
  /** Normalised phones, `+<digits>`. */
  phones: string[];
  /** Normalised emails. */
  emails: string[];
  /** Leads that are this person. */
  leads: { id: string; number: number }[];
  /** Requests that created or changed those leads. */
  requests: string[];
  /** Full names, to find copies in results of jobs and in stored responses. */
  names: string[];
  /** Longer texts about the person, to find copies in stored responses. */
  texts: string[];
}

/** A phone or email that belongs to a person. */
export interface Identifier {
  kind: 'phone' | 'email';
  value: string;
}

export function identifiersOf({ phones, emails }: Pick<Person, 'phones' | 'emails'>): Identifier[] {
  return [
    ...phones.map((value) => ({ kind: 'phone' as const, value })),
    ...emails.map((value) => ({ kind: 'email' as const, value })),
  ];
}
