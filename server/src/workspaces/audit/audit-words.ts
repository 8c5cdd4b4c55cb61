import type { ReferenceData } from '../reference-data.ts';
import type { AuditAction, AuditRow } from './audit-store.ts';

type Words = (of: { who: string; whom: string; detail: Record<string, unknown> }) => string;

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const from = (detail: Record<string, unknown>) => (detail['address'] ? ` from ${text(detail['address'])}` : '');
const into = (detail: Record<string, unknown>) => (detail['dialect'] ? ` to ${text(detail['dialect'])}` : '');
const named = (detail: Record<string, unknown>) =>
  [text(detail['kind']).replaceAll('_', ' '), detail['name'] ? `“${text(detail['name'])}”` : '']
    .filter(Boolean)
    .join(' ');
const fields = ({ member_id: _member, id: _id, kind: _kind, name: _name, ...values }: Record<string, unknown>) => {
  const said = Object.entries(values).map(([name, value]) => `${name.replaceAll('_', ' ')} ${plain(value)}`);
  return said.length > 0 ? `: ${said.join(', ')}` : '';
};

function rule(detail: Record<string, unknown>): string {
  const token = detail['token'] ? ` with the token “${text(detail['token'])}”` : '';
  return `${text(detail['field'])} “${text(detail['value'])}” means “${text(detail['meaning'])}” through ${text(detail['dialect'])}${token}`;
}

function leads({ count }: Record<string, unknown>): string {
  return count === 1 ? '1 lead' : `${Number(count).toLocaleString('en')} leads`;
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return `${value.length}`;
  if (value === null || value === '') return 'none';
  return typeof value === 'object' ? '…' : String(value);
}

const words: { readonly [A in AuditAction]: Words } = {
  signed_in: ({ who, detail }) => `${who} signed in${into(detail)}${from(detail)}.`,
  sign_in_failed: ({ whom, detail }) => `Failed attempt to sign in${into(detail)} as ${whom}${from(detail)}.`,
  signed_out: ({ who, detail }) => `${who} signed out${into(detail).replace(/^ to/, ' of')}.`,
  session_ended: ({ who, whom, detail }) =>
    `${who} ended ${detail['member_id'] ? `all sessions of ${whom}` : 'a session'}.`,
  workspace_entered: ({ who, detail }) => `${who} switched from another workspace${from(detail)}.`,
  sample_entered: ({ who, whom }) => `${who} began to look around as the sample member ${whom}.`,
  sample_left: ({ who, whom }) => `${who} stopped looking around as the sample member ${whom}.`,
  name_changed: ({ who, detail }) => `${who} changed their name to ${text(detail['name'])}.`,
  password_changed: ({ who }) => `${who} changed their password.`,
  two_step_on: ({ who }) => `${who} turned on two-step sign-in.`,
  two_step_off: ({ who }) => `${who} turned off two-step sign-in.`,
  two_step_reset: ({ who, whom }) => `${who} turned off two-step sign-in for ${whom} and signed them out.`,
  member_added: ({ who, whom, detail }) =>
    `${who} ${detail['invited'] ? 'invited' : 'added'} ${whom} as ${text(detail['role'])}.`,
  member_changed: ({ who, whom, detail }) => `${who} changed ${whom}${fields(detail)}.`,
  mail_resent: ({ who }) => `${who} resent a message from the outbox.`,
  member_invited: ({ who, whom }) => `${who} created a new link for ${whom}.`,
  account_replaced: ({ who, whom }) => `${who} signed ${whom} out and invited them to a new account.`,
  invitation_taken: ({ who, detail }) =>
    `${who} used their link${from(detail)}${detail['password_chosen'] ? ' and set a password' : ''}.`,
  workspace_made: ({ who, detail }) => `${who} created the workspace ${named(detail)}.`,
  workspace_changed: ({ who, detail: { name, ...detail } }) =>
    `${who} changed the workspace${name ? ` to “${text(name)}”` : ''}${fields(detail)}.`,
  token_made: ({ who, detail }) => `${who} created the token ${named(detail)}.`,
  token_changed: ({ who, detail }) => `${who} changed the token ${named(detail)}${fields(detail)}.`,
  token_rotated: ({ who, detail }) => `${who} rotated the secret of the token ${named(detail)}.`,
  token_revoked: ({ who, detail }) => `${who} revoked the token ${named(detail)}.`,
  webhook_made: ({ who, detail }) => `${who} created a webhook to ${named(detail)}.`,
  webhook_changed: ({ who, detail }) => `${who} changed the webhook to ${named(detail)}${fields(detail)}.`,
  webhook_rotated: ({ who, detail }) => `${who} rotated the secret of the webhook to ${named(detail)}.`,
  webhook_replayed: ({ who, detail }) => `${who} replayed deliveries of the webhook to ${named(detail)}.`,
  webhook_deleted: ({ who, detail }) => `${who} deleted the webhook to ${named(detail)}.`,
  reference_added: ({ who, detail }) => `${who} added the ${named(detail)}.`,
  reference_changed: ({ who, detail }) => `${who} changed the ${named(detail)}${fields(detail)}.`,
  reference_deleted: ({ who, detail }) => `${who} deleted the ${named(detail)}.`,
  reference_ordered: ({ who, detail }) => `${who} reordered the ${named(detail)} list.`,
  custom_field_added: ({ who, detail }) => `${who} added the custom field ${named(detail)}.`,
  custom_field_changed: ({ who, detail }) => `${who} changed the custom field ${named(detail)}${fields(detail)}.`,
  custom_field_deleted: ({ who, detail }) => `${who} deleted the custom field ${named(detail)}.`,
  reading_rule_made: ({ who, detail }) => `${who} created a rule: ${rule(detail)}.`,
  reading_rule_removed: ({ who, detail }) => `${who} deleted a rule: ${rule(detail)}.`,
  leads_changed: ({ who, detail }) => `${who} started to ${text(detail['what'])} ${leads(detail)}.`,
  leads_restored: ({ who, detail }) => `${who} restored ${leads(detail)} from the bin.`,
  called_outside_hours: ({ who, detail }) =>
    `${who} called a lead outside the calling hours, at ${text(detail['local_time'])}.`,
  retention_changed: ({ who, detail }) => `${who} changed how long records are kept${fields(detail)}.`,
  retention_started: ({ who }) => `${who} started removing old records.`,
  person_looked_up: ({ who }) => `${who} looked up the records held about a person.`,
  person_erased: ({ who }) => `${who} erased a person.`,
};

/** The audit log entry as a sentence. */
export function auditSentence({ actor, action, detail }: AuditRow, referenceData: ReferenceData): string {
  const whom = referenceData.get('member', text(detail['member_id']))?.name ?? 'someone';
  // An unknown name must not leave a gap before the full stop.
  return words[action]({ who: nameOfActor(actor, referenceData), whom, detail }).replace(/ +(?=\.$)/, '');
}

/** The name to show for an actor such as `member:<id>`. */
export function nameOfActor(actor: string, referenceData: ReferenceData): string {
  const [kind, id] = actor.split(':');
  if (kind === 'member') return referenceData.get('member', id)?.name ?? 'A former member';
  if (kind === 'token') return 'A token';
  if (kind === 'system') return 'The server';
  return kind === 'cli' ? 'The command line' : 'Someone';
}
