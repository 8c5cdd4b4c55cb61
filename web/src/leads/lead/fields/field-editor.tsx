import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useChoices } from '../../api/get-reference-data.ts';
import classes from './fields.module.css';
import type { FactField } from './lead-page-fields.ts';

interface Props {
  field: FactField;
  start: string;
  error: string | undefined;
  /** `name` is what the choice is called. */
  onKeep: (typed: string, name?: string) => Promise<void>;
  onCancel: () => void;
}

const types = { email: 'email', phone: 'tel', date: 'date' } as const;

/** The field that a fact becomes while it is edited. */
export function FactEditor({ field, start, error, onKeep, onCancel }: Props) {
  const [typed, setTyped] = useState(start);
  const [sent, setSent] = useState<string>();
  const input = useRef<HTMLInputElement & HTMLTextAreaElement & HTMLSelectElement>(null);
  const choices = useChoices(field.choices);
  const isArea = field.kind === 'area';
  useEffect(() => {
    input.current?.focus();
    if (input.current && 'select' in input.current) input.current.select();
  }, []);

  const keep = (value = typed, name?: string) => {
    // What was refused is not sent again until it is changed.
    if (value === sent) return;
    setSent(value);
    void onKeep(value, name);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
      focusFact(input.current);
    } else if (event.key === 'Enter' && (!isArea || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      focusFact(input.current);
      keep();
    }
  };
  const shared = { 'aria-label': field.label, error, onKeyDown, className: classes.editor };

  if (field.kind === 'choice' || field.kind === 'boolean') {
    const options =
      field.kind === 'boolean'
        ? [
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]
        : choices.map(({ id, name }) => ({ value: id, label: name }));
    const nameOf = (value: string) => options.find((option) => option.value === value)?.label;
    return (
      <NativeSelect
        {...shared}
        ref={input}
        size="xs"
        value={typed}
        data={[{ value: '', label: '—' }, ...options]}
        onChange={({ currentTarget: { value } }) => {
          setTyped(value);
          keep(value, nameOf(value));
        }}
        onBlur={() => typed === start && onCancel()}
      />
    );
  }
  const text = {
    ...shared,
    ref: input,
    value: typed,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => setTyped(value),
    onBlur: () => keep(),
  };
  if (isArea) return <Textarea {...text} autosize minRows={3} maxRows={10} />;
  const isNumber = field.kind === 'number' || field.kind === 'money';
  return (
    <TextInput
      {...text}
      type={types[field.kind as keyof typeof types] ?? 'text'}
      {...(isNumber && { inputMode: 'decimal' as const })}
      autoComplete="off"
    />
  );
}

/** The focus goes back to the fact once its field is gone. */
function focusFact(input: HTMLElement | null): void {
  const fact = input?.closest('dd');
  setTimeout(() => fact?.querySelector<HTMLElement>('button')?.focus(), 0);
}
