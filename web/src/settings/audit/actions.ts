import type { Shape } from '../../api/client.ts';

type Action = Shape<'AuditView'>['action'];

const words: { readonly [A in Action]: string } = {
  signed_in: 'Signed in',
  sign_in_failed: 'Sign-in failed',
  signed_out: 'Signed out',
  session_ended: 'Session ended',
  workspace_entered: 'Switched workspace',
  name_changed: 'Name changed',
  password_changed: 'Password changed',
  two_step_on: 'Two-step sign-in on',
  two_step_off: 'Two-step sign-in off',
  two_step_reset: 'Two-step sign-in reset',
  member_added: 'Member added',
  member_changed: 'Member changed',
  member_invited: 'Link created',
  account_replaced: 'Account replaced',
  invitation_taken: 'Link used',
  workspace_made: 'Workspace created',
  workspace_changed: 'Workspace changed',
  token_made: 'Token created',
  token_changed: 'Token changed',
  token_rotated: 'Token rotated',
  token_revoked: 'Token revoked',
  reference_added: 'Reference data added',
  reference_changed: 'Reference data changed',
  reference_deleted: 'Reference data deleted',
  reference_ordered: 'Reference data reordered',
  custom_field_added: 'Custom field added',
  custom_field_changed: 'Custom field changed',
  custom_field_deleted: 'Custom field deleted',
  reading_rule_made: 'Reading rule created',
  reading_rule_removed: 'Reading rule removed',
  webhook_made: 'Webhook created',
  webhook_changed: 'Webhook changed',
  webhook_rotated: 'Webhook secret rotated',
  webhook_replayed: 'Webhook deliveries replayed',
  webhook_deleted: 'Webhook deleted',
  retention_changed: 'Retention changed',
  retention_started: 'Old records removed',
  person_looked_up: 'Person looked up',
  person_erased: 'Person erased',
};

/** The actions to filter by. */
export const actionChoices = Object.entries(words).map(([value, label]) => ({ value, label }));
