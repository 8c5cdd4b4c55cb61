import { NativeSelect, TextInput } from '@mantine/core';
import type { LeadField } from '../../../app/lead-fields.ts';
import { type Choices, useChoices } from '../../api/get-reference-data.ts';

interface Props {
  field: LeadField;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  required?: boolean;
  /** Takes the focus when the dialog opens. */
  autoFocus?: boolean;
}

const inputTypes: Partial<Record<LeadField['format'], string>> = { email: 'email', phone: 'tel' };
const yesOrNo = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

/** The props of a text input for this field. */
export function inputPropsOf({ type, format }: LeadField) {
  return {
    type: type === 'date' ? 'date' : (inputTypes[format] ?? 'text'),
    autoComplete: 'off',
    ...(type === 'number' && { inputMode: 'decimal' as const }),
  };
}

/** The options of a field, an empty one first; undefined for fields that are typed in. */
export function useFieldOptions({ name, type }: LeadField): { value: string; label: string }[] | undefined {
  const choices = useChoices(type === 'choice' ? (name as Choices) : undefined);
  if (type !== 'choice' && type !== 'boolean') return undefined;
  const options = type === 'boolean' ? yesOrNo : choices.map((one) => ({ value: one.id, label: one.name }));
  return [{ value: '', label: '—' }, ...options];
}

/** An input for a field of a lead, of the type that the server specifies. */
export function LeadInput({ field, value, onChange, error, required = false, autoFocus = false }: Props) {
  const options = useFieldOptions(field);
  const shared = {
    name: field.name,
    label: field.label,
    value,
    error,
    required,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
    ...(autoFocus && { 'data-autofocus': true }),
  };
  if (options) return <NativeSelect size="xs" {...shared} data={options} />;
  return <TextInput {...shared} {...inputPropsOf(field)} />;
}
