import { useWorkspaceChoices } from '../../app/workspace-choices.ts';
import type { FieldDef } from '../form/item-fields.tsx';
import { useItems } from '../reference/get-reference-items.ts';
import { kinds } from '../reference/kinds.ts';
import { optionsOf } from '../reference/options.ts';

const policies = [
  { value: 'create', label: 'Create another lead' },
  { value: 'merge', label: 'Merge into the existing lead' },
  { value: 'attach', label: 'Attach to the existing lead' },
  { value: 'refuse', label: 'Refuse' },
];
const styles = [
  { value: 'fill', label: 'Fill empty fields only' },
  { value: 'overwrite', label: 'Overwrite with the sent values' },
];

const scopes = [
  { value: 'read', label: 'Read leads and the journal' },
  { value: 'write', label: 'Read and write leads' },
  { value: 'calls', label: 'Claim and end calls' },
  { value: 'admin', label: 'Everything, including settings and tokens' },
];

/** The settings of a token as form fields. */
export function useTokenFields(): readonly FieldDef[] {
  const { regions } = useWorkspaceChoices();
  const tags = useItems(kinds.tags);
  return [
    { key: 'name', label: 'Name', kind: 'text', about: 'Who or what uses this token.' },
    {
      key: 'policy',
      label: 'If the lead already exists',
      kind: 'choice',
      options: policies,
      clearable: true,
      about: 'Default: as usual for this API.',
    },
    {
      key: 'merge_style',
      label: 'When merging',
      kind: 'choice',
      options: styles,
      clearable: true,
      about: 'Default: as usual for this API.',
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
      about: 'Default: everything. The token acts as itself, not as a member.',
    },
    {
      key: 'tag_ids',
      label: 'Tags for new leads',
      kind: 'choices',
      options: optionsOf(tags.data),
      about: 'New leads from this token get these tags.',
    },
    { key: 'expires_at', label: 'Expires after', kind: 'day', about: 'Default: works until it is revoked.' },
    {
      key: 'test_mode',
      label: 'Test mode',
      kind: 'switch',
      about: 'Requests are checked and answered, but nothing is changed.',
    },
    { key: 'may_extend', label: 'May create custom fields', kind: 'switch' },
  ];
}
