import { Checkbox, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useCustomFields } from '../../api/get-reference-data.ts';
import { FacetChoices } from './facet-choices.tsx';
import classes from './filter-bar.module.css';

const TYPING_MS = 250;
const yesOrNo = [
  { id: 'true', name: 'Yes' },
  { id: 'false', name: 'No' },
  { id: '', name: 'Empty' },
];

interface Props {
  /** The name of a custom field. */
  name: string;
  /** The value to filter by; an empty string means that the field is empty. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** Filters by a custom field. */
export function CustomEditor({ name, value, onChange }: Props) {
  const type = useCustomFields().find((field) => field.name === name)?.type ?? 'text';
  const [typed, setTyped] = useState(value ?? '');
  const later = useDebouncedCallback(onChange, { delay: TYPING_MS, flushOnUnmount: true });
  if (type === 'boolean')
    return (
      <FacetChoices
        label={name}
        several={false}
        chosen={value === undefined ? [] : [value]}
        choices={yesOrNo}
        onChoose={([chosen]) => onChange(chosen)}
      />
    );
  const write = (text: string) => {
    setTyped(text);
    later(text.trim() === '' ? undefined : text.trim());
  };
  return (
    <div className={classes.custom}>
      <TextInput
        label={name}
        {...(type === 'text' ? { description: 'Separate several values with commas.' } : {})}
        type={type}
        step="any"
        disabled={value === ''}
        value={value === '' ? '' : typed}
        onChange={({ currentTarget }) => write(currentTarget.value)}
        data-autofocus
      />
      <Checkbox
        label="Empty"
        checked={value === ''}
        onChange={({ currentTarget: { checked } }) => {
          setTyped('');
          onChange(checked ? '' : undefined);
        }}
      />
    </div>
  );
}
