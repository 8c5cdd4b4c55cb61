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
 * Invites a person by mail, with a link that only they get. `by` is the name of the inviter; null if a program invites.
 */
export async function mailInvitation(
  tx: Tx,
  mail: MailSettings,
  to: Recipient & { by: string | null },
  now: Date,
): Promise<void> {
  const invites = to.by ? `${to.by} invites you` : 'You are invited';
  await queueMail(
    tx,
    mail,
    {
      kind: 'invitation',
      cause: `invitation:${uuidv7()}`,
      to,
      subject: `${invites} to ${to.workspace}`,
      body: {
        paragraphs: [
          `Hello ${to.name},`,
          `${invites} to work on the leads of ${to.workspace} in Leadwell. The link works once, within a week.`,
        ],
        button: { label: 'Accept the invitation' },
        footer: 'If you do not know what this is about, you can ignore it: nothing will happen.',
      },
    },
    now,
  );
}

/** Sends a link to choose a new password. */
export async function mailPasswordReset(tx: Tx, mail: MailSettings, to: Recipient, now: Date): Promise<void> {
  await queueMail(
    tx,
    mail,
    {
      kind: 'password_reset',
      cause: `password_reset:${uuidv7()}`,
      to,
      subject: `Choose a new password for ${to.workspace}`,
      body: {
        paragraphs: [
          `Hello ${to.name},`,
          `somebody, probably you, asked for a new password for your account in ${to.workspace}. The link works once, ` +
            'within an hour.',
        ],
        button: { label: 'Choose a new password' },
        footer: 'If it was not you, you can ignore this: your password stays as it is.',
      },
    },
    now,
  );
}
