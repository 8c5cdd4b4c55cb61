import type { FieldDef } from '../shelf/item-fields.tsx';

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

/** What of a token can be set. */
export const tokenFields: readonly FieldDef[] = [
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
  { key: 'region', label: 'Country of numbers without a code', kind: 'text', about: 'Two letters: GB' },
  {
    key: 'test_mode',
    label: 'Test mode',
    kind: 'switch',
    about: 'Everything is checked and answered, no lead is kept.',
  },
  { key: 'may_extend', label: 'May make sources, statuses and fields', kind: 'switch' },
];
