import { NativeSelect, TextInput } from '@mantine/core';
import type { LeadField } from '../../../app/lead-fields.ts';
import { type Choices, useChoices } from '../../api/get-reference-data.ts';

interface Props {
  field: LeadField;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  required?: boolean;
}

const types: Readonly<Record<string, string>> = { email: 'email', phone: 'tel', other_phone: 'tel' };

/** An input for one field of a lead, of whatever type the server says. */
export function LeadInput({ field, value, onChange, error, required = false }: Props) {
  const { name, label, type } = field;
  const choices = useChoices(type === 'choice' ? (name as Choices) : undefined);
  const shared = {
    name,
    label,
    value,
    error,
    required,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  if (type === 'choice' || type === 'boolean') {
    const options =
      type === 'boolean'
        ? [
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]
        : choices.map((one) => ({ value: one.id, label: one.name }));
    return <NativeSelect size="xs" {...shared} data={[{ value: '', label: '—' }, ...options]} />;
  }
  return (
    <TextInput
      {...shared}
      type={type === 'date' ? 'date' : (types[name] ?? 'text')}
      autoComplete="off"
      {...(type === 'number' && { inputMode: 'decimal' as const })}
    />
  );
}
