import { useWorkspaceChoices } from '../../app/workspace-choices.ts';
import type { FieldDef } from '../form/item-fields.tsx';
import { useItems } from '../reference/get-reference-items.ts';

const policies = [
  { value: 'create', label: 'Create another lead' },
  { value: 'merge', label: 'Merge into the existing lead' },
  { value: 'attach', label: 'Attach it to the existing lead' },
  { value: 'refuse', label: 'Refuse' },
];
const styles = [
  { value: 'fill', label: 'Fill blanks only' },
  { value: 'overwrite', label: 'Sent values overwrite' },
];

const scopes = [
  { value: 'read', label: 'Read leads and the journal' },
  { value: 'write', label: 'Read and write leads' },
  { value: 'calls', label: 'Claim calls and end them' },
  { value: 'admin', label: 'Everything, including settings and tokens' },
];

/** The settings of a token as form fields. */
export function useTokenFields(): readonly FieldDef[] {
  const { regions } = useWorkspaceChoices();
  const tags = useItems({ path: '/v1/tags', word: 'tag' });
  return [
    { key: 'name', label: 'Name', kind: 'text', about: 'Who or what uses this token.' },
    {
      key: 'policy',
      label: 'When the lead is known',
      kind: 'choice',
      options: policies,
      clearable: true,
      about: 'Default: what the API does.',
    },
    {
      key: 'merge_style',
      label: 'When it is merged',
      kind: 'choice',
      options: styles,
      clearable: true,
      about: 'Default: what the API does.',
    },
    {
      key: 'region',
      label: 'Country of phone numbers without a country code',
      kind: 'choice',
      options: regions,
      clearable: true,
      about: 'Default: the country of the API or the workspace.',
    },
    {
      key: 'scopes',
      label: 'Permissions on /v1',
      kind: 'choices',
      options: scopes,
      when: ({ dialect }) => dialect === 'native',
      about: 'Default: everything. It acts for itself, not for a member.',
    },
    {
      key: 'tag_ids',
      label: 'Tags for new leads',
      kind: 'choices',
      options: (tags.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
      about: 'Leads that arrive with this token get these tags.',
    },
    { key: 'expires_at', label: 'Ends after', kind: 'day', about: 'Default: it works until it is revoked.' },
    {
      key: 'test_mode',
      label: 'Test mode',
      kind: 'switch',
      about: 'Requests are checked and answered, but nothing is changed.',
    },
    { key: 'may_extend', label: 'May create custom fields', kind: 'switch' },
  ];
}
