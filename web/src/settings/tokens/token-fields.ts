import type { FieldDef } from '../form/item-fields.tsx';
import { useWorkspaceChoices } from '../workspace/workspace-choices.ts';

const policies = [
  { value: 'create', label: 'Create another lead' },
  { value: 'merge', label: 'Merge into the lead that is there' },
  { value: 'attach', label: 'Keep it with the lead that is there' },
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
  { value: 'admin', label: 'Everything, settings and tokens too' },
];

/** The settings of a token as form fields. */
export function useTokenFields(): readonly FieldDef[] {
  const { regions } = useWorkspaceChoices();
  return [
    { key: 'name', label: 'Name', kind: 'text', about: 'Who or what sends with it.' },
    {
      key: 'policy',
      label: 'When the lead is known',
      kind: 'choice',
      options: policies,
      clearable: true,
      about: 'Open: as the API does.',
    },
    {
      key: 'merge_style',
      label: 'When it is merged',
      kind: 'choice',
      options: styles,
      clearable: true,
      about: 'Open: as the API does.',
    },
    {
      key: 'region',
      label: 'Country of numbers without a code',
      kind: 'choice',
      options: regions,
      clearable: true,
      about: 'Open: as the API or the workspace has it.',
    },
    {
      key: 'scopes',
      label: 'What it may do on /v1',
      kind: 'choices',
      options: scopes,
      when: ({ dialect }) => dialect === 'native',
      about: 'Open: everything. It acts as itself, for no member.',
    },
    { key: 'expires_at', label: 'Ends after', kind: 'day', about: 'Open: it works until it is revoked.' },
    {
      key: 'test_mode',
      label: 'Test mode',
      kind: 'switch',
      about: 'Everything is checked and answered, no lead is kept.',
    },
    { key: 'may_extend', label: 'May make sources, statuses and fields', kind: 'switch' },
  ];
}
