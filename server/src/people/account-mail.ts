import { type MailSettings, queueMail } from '../mail/queue-mail.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { uuidv7 } from '../platform/ids.ts';

/** The recipient of a message about an account, and the name of the workspace. */
interface Recipient {
  memberId: string;
  name: string;
  email: string;
  workspace: string;
}

/**
 * Invites a person by email, with a link that only they get. `by` is the name of the inviter; null if a program invites.
 */
export function mailInvitation(
  tx: Tx,
  mail: MailSettings,
  to: Recipient & { by: string | null },
  now: Date,
): Promise<void> {
  const invites = to.by ? `${to.by} invites you` : 'You are invited';
  const words = {
    subject: `${invites} to ${to.workspace}`,
    says: `${invites} to work on the leads of ${to.workspace} in Leadwell. The link works once, within a week.`,
    button: 'Accept the invitation',
    footer: 'If you do not know what this is about, you can ignore it: nothing will happen.',
  };
  return mailLink(tx, mail, 'invitation', to, words, now);
}

/** Sends a link to choose a new password. */
export function mailPasswordReset(tx: Tx, mail: MailSettings, to: Recipient, now: Date): Promise<void> {
  const words = {
    subject: `Choose a new password for ${to.workspace}`,
    says:
      `somebody, probably you, asked for a new password for your account in ${to.workspace}. The link works once, ` +
      'within an hour.',
    button: 'Choose a new password',
    footer: 'If it was not you, you can ignore this: your password stays as it is.',
  };
  return mailLink(tx, mail, 'password_reset', to, words, now);
}

async function mailLink(
  tx: Tx,
  mail: MailSettings,
  kind: 'invitation' | 'password_reset',
  to: Recipient,
  { subject, says, button, footer }: { subject: string; says: string; button: string; footer: string },
  now: Date,
): Promise<void> {
  const body = { paragraphs: [`Hello ${to.name},`, says], button: { label: button }, footer };
  await queueMail(tx, mail, { kind, cause: `${kind}:${uuidv7()}`, to, subject, body }, now);
}
