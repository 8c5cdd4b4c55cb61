/** A kind of mail. */
interface MailKind {
  /** The name shown in the outbox and in a member's preferences. */
  label: string;
  about: string;
  /** Members can switch this kind off, and it counts towards the hourly limit. */
  optional: boolean;
  /** The button leads to a link for the recipient only, which is created when the message is sent and not stored. */
  link?: 'welcome_link' | 'reset_link';
}

/** Every kind of mail. */
export const mailKinds = {
  invitation: { label: 'Invitation', about: 'An invitation to a workspace.', optional: false, link: 'welcome_link' },
  password_reset: { label: 'New password', about: 'A link to choose a password.', optional: false, link: 'reset_link' },
  assignment: { label: 'Assigned leads', about: 'Leads that somebody assigns to you.', optional: true },
  lead_waits: { label: 'New leads', about: 'New leads that nobody owns yet.', optional: true },
  digest: {
    label: 'Daily digest',
    about: 'What is due today and what is overdue, at 8 in the morning.',
    optional: true,
  },
  webhook_disabled: {
    label: 'Webhook switched off',
    about: 'A webhook to which events are no longer sent.',
    optional: true,
  },
  collection: { label: 'Combined notices', about: 'Several notices in one message.', optional: false },
  lead_message: {
    label: 'Message to a lead',
    about: 'The message that leads of a type are sent on arrival.',
    optional: false,
  },
} as const satisfies Readonly<Record<string, MailKind>>;

export type MailKindName = keyof typeof mailKinds;
export const mailKindNames = Object.keys(mailKinds) as MailKindName[];
/** Kinds that a member can switch off. */
export const optionalKinds = mailKindNames.filter((name) => mailKinds[name].optional);

export function linkOf(kind: MailKindName): MailKind['link'] {
  const entry: MailKind = mailKinds[kind];
  return entry.link;
}
