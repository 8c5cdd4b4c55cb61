import { MultiSelect, Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Problem } from '../../api/problem.ts';
import { Pill, type Tone, tones } from '../../ui/pill.tsx';
import classes from '../layout/settings.module.css';
import { OrderedChoices } from './ordered-choices.tsx';

interface Option {
  value: string;
  label: string;
}

/** A field of an item's form. */
export interface FieldDef {
  key: string;
  label: string;
  kind: 'text' | 'long' | 'number' | 'switch' | 'choice' | 'choices' | 'ordered' | 'colour' | 'time' | 'day' | 'own';
  about?: string;
  options?: readonly Option[];
  wide?: boolean;
  /** True if the choice may be left empty. */
  clearable?: boolean;
  /** The field is shown only while this returns true. */
  when?: (values: Readonly<Record<string, unknown>>) => boolean;
  /** For the kind `own`: renders the field. */
  render?: (value: unknown, onChange: (value: unknown) => void, problem: Problem | undefined) => ReactNode;
  /** Shown below the field: a preview. */
  below?: (value: unknown) => ReactNode;
}

interface Props {
  fields: readonly FieldDef[];
  values: Readonly<Record<string, unknown>>;
  problem: Problem | undefined;
  onChange: (changes: Record<string, unknown>) => void;
}

/** The fields of an item's form. */
export function ItemFields({ fields, values, problem, onChange }: Props) {
  return fields
    .filter(({ when }) => when?.(values) ?? true)
    .map((field) => (
      <div key={field.key} className={field.wide ? classes.wide : undefined}>
        <OneField
          field={field}
          value={values[field.key]}
          problem={problem}
          onChange={(value) => onChange({ [field.key]: value })}
        />
        {field.below?.(values[field.key])}
      </div>
    ));
}

interface OneProps {
  field: FieldDef;
  value: unknown;
  problem: Problem | undefined;
  onChange: (value: unknown) => void;
}

function OneField({ field, value, problem, onChange }: OneProps) {
  const { kind, label, about, options = [] } = field;
  const error = problem?.of(field.key);
  const said = { label, description: about, error };
  switch (kind) {
    case 'own':
      return field.render?.(value, onChange, problem);
    case 'ordered':
      return (
        <OrderedChoices
          {...{ label, about, error, options, onChange }}
          value={Array.isArray(value) ? (value as string[]) : []}
        />
      );
    case 'day':
      return <Day {...said} value={value} onChange={onChange} />;
    case 'switch':
      return <Switch {...said} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
    case 'long':
      return <Textarea {...said} value={text(value)} autosize minRows={4} maxRows={16} onChange={typed(onChange)} />;
    case 'choice':
      return (
        <Select
          {...said}
          data={[...options]}
          value={typeof value === 'string' ? value : null}
          clearable={field.clearable ?? false}
          searchable={options.length > 8}
          allowDeselect={false}
          clearButtonProps={{ 'aria-label': `No ${label.toLowerCase()}` }}
          onChange={onChange}
        />
      );
    case 'choices':
      return (
        <MultiSelect
          {...said}
          data={[...options]}
          value={Array.isArray(value) ? (value as string[]) : []}
          searchable
          onChange={onChange}
        />
      );
    case 'colour':
      return <Colour label={label} value={text(value)} onChange={onChange} />;
    case 'number':
      return (
        <TextInput
          {...said}
          type="number"
          value={text(value)}
          onChange={(event) => onChange(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
        />
      );
    default:
      return (
        <TextInput
          {...said}
          type={kind === 'time' ? 'time' : 'text'}
          value={kind === 'time' ? text(value).slice(0, 5) : text(value)}
          onChange={typed(onChange)}
        />
      );
  }
}

interface DayProps {
  label: string;
  description: string | undefined;
  error: string | undefined;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** A day, stored as the moment it ends. */
function Day({ value, onChange, ...said }: DayProps) {
  return (
    <TextInput
      {...said}
      type="date"
      value={typeof value === 'string' ? dayOf(value) : ''}
      onChange={({ currentTarget: { value: day } }) => onChange(day ? endOf(day) : null)}
    />
  );
}

function Colour({ label, value, onChange }: { label: string; value: string; onChange: (value: unknown) => void }) {
  return (
    <Select
      label={label}
      data={tones.map((value) => ({ value, label: colourNames[value] }))}
      value={value || 'neutral'}
      allowDeselect={false}
      renderOption={({ option }) => <Pill tone={option.value as Tone}>{option.label}</Pill>}
      onChange={onChange}
    />
  );
}

/** The tones by the colour that people see; the API's names say what they are mostly used for. */
const colourNames: { readonly [T in Tone]: string } = {
  new: 'Blue',
  contacted: 'Teal',
  qualified: 'Purple',
  proposal: 'Orange',
  won: 'Green',
  lost: 'Slate',
  bad: 'Red',
  neutral: 'Grey',
};

/** The local calendar day of a moment. */
function dayOf(moment: string): string {
  const at = new Date(moment);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The last moment of a day; null for an incomplete one. */
function endOf(day: string): string | null {
  const at = new Date(`${day}T23:59:59`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

function text(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

function typed(onChange: (value: unknown) => void) {
  return (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value || null);
}
