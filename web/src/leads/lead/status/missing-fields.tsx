import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../../../api/problem.ts';
import { type LeadField, unlistedField, useFieldLabel, useLeadFields } from '../../../app/lead-fields.ts';
import { Form } from '../../../ui/form/form.tsx';
import { FormButtons } from '../../../ui/form/form-buttons.tsx';
import { useLayer } from '../../../ui/layers.ts';
import type { LeadPatch } from '../../api/get-lead.ts';
import { LeadInput } from '../fields/lead-input.tsx';
import { messageOf, messagesOf, patchOf, type Typed } from '../fields/lead-values.ts';
import classes from './move-question.module.css';

interface Props {
  /** The heading, such as `Won: fill these in`. */
  legend: string;
  /** The refusal that names the missing fields. */
  asks: Problem;
  /** The server's refusal of the values that were filled in. */
  refusal?: Problem | undefined;
  action: string;
  busy?: boolean;
  onConfirm: (values: LeadPatch) => void;
  onCancel: () => void;
}

/** Asks for the fields that the server found missing; Enter confirms, Escape cancels. */
export function MissingFields({ legend, asks, refusal, action, busy = false, onConfirm, onCancel }: Props) {
  useLayer(onCancel);
  const [typed, setTyped] = useState<Typed>({});
  const fields = useAsked(asks);
  const label = useFieldLabel();
  const form = useRef<HTMLFormElement>(null);
  const isKnown = fields.length > 0;
  useEffect(() => {
    if (isKnown) form.current?.querySelector<HTMLElement>('input, select')?.focus();
  }, [isKnown]);
  const ready = fields.every(({ name }) => typed[name]?.trim());
  return (
    <Form
      ref={form}
      aria-label={legend}
      className={classes.form}
      onSubmit={() => {
        if (ready && !busy) onConfirm(patchOf(fields, typed));
      }}
    >
      <p className={classes.legend}>{legend}</p>
      <div className={classes.fields}>
        {fields.map((field) => (
          <LeadInput
            key={field.name}
            field={field}
            value={typed[field.name] ?? ''}
            onChange={(value) => setTyped((before) => ({ ...before, [field.name]: value }))}
            error={messageOf(refusal, field.name, label)}
          />
        ))}
      </div>
      <p role="alert" className={classes.why}>
        {messagesOf(refusal ?? asks, label)}
      </p>
      <FormButtons className={classes.actions} action={action} isBusy={busy} isDisabled={!ready} onCancel={onCancel} />
    </Form>
  );
}

/** The missing fields; a field that the server does not list is asked for as text. */
function useAsked({ errors }: Problem): readonly LeadField[] {
  const known = useLeadFields();
  if (known.length === 0) return known;
  return errors.map(({ field: name }) => known.find((field) => field.name === name) ?? unlistedField(name));
}
