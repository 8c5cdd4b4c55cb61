import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { LeadField } from '../../../app/lead-fields.ts';
import classes from './fields.module.css';
import { inputPropsOf, useFieldOptions } from './lead-input.tsx';

interface Props {
  field: LeadField;
  start: string;
  error: string | undefined;
  /** `name` is the label of the chosen option. True if the server refused the value. */
  onKeep: (typed: string, name?: string) => Promise<boolean>;
  onCancel: () => void;
}

/** The input that replaces a value while it is edited. */
export function FieldEditor({ field, start, error, onKeep, onCancel }: Props) {
  const [typed, setTyped] = useState(start);
  const [sent, setSent] = useState<string>();
  const input = useRef<HTMLInputElement & HTMLTextAreaElement & HTMLSelectElement>(null);
  const options = useFieldOptions(field);
  const isArea = field.format === 'long';
  useEffect(() => {
    input.current?.focus();
    if (input.current && 'select' in input.current) input.current.select();
  }, []);

  const keep = (value = typed, name?: string) => {
    // A refused value is not sent again until it is changed.
    if (value === sent) return;
    setSent(value);
    void onKeep(value, name).then((isRefused) => isRefused || setSent(undefined));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
      focusField(input.current);
    } else if (event.key === 'Enter' && (!isArea || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      focusField(input.current);
      keep();
    }
  };
  const shared = { 'aria-label': field.label, error, onKeyDown, className: classes.editor };

  if (options)
    return (
      <NativeSelect
        {...shared}
        ref={input}
        size="xs"
        value={typed}
        data={options}
        onChange={({ currentTarget: { value } }) => {
          setTyped(value);
          keep(value, value === '' ? undefined : options.find((option) => option.value === value)?.label);
        }}
        onBlur={() => typed === start && onCancel()}
      />
    );
  const text = {
    ...shared,
    ref: input,
    value: typed,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => setTyped(value),
    onBlur: () => keep(),
  };
  if (isArea) return <Textarea {...text} autosize minRows={3} maxRows={10} />;
  return <TextInput {...text} {...inputPropsOf(field)} />;
}

/** Returns the focus to the value once its editor is gone. */
function focusField(input: HTMLElement | null): void {
  const fact = input?.closest('dd');
  setTimeout(() => fact?.querySelector<HTMLElement>('button')?.focus(), 0);
}
