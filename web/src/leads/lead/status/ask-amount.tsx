import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../../../app/session.ts';
import { Form } from '../../../ui/form/form.tsx';
import { useLayer } from '../../../ui/layers.ts';
import { numberOr } from '../fields/lead-values.ts';
import classes from './move-question.module.css';

interface Props {
  /** The lead's name: `Anjali Menon`. */
  name: string;
  /** The status that the lead moves to. */
  status: string;
  busy: boolean;
  /** The server's error. */
  error?: string | undefined;
  /** Called without an amount if the question is skipped. */
  onConfirm: (amount?: string | number) => void;
  onCancel: () => void;
}

/** Asks for the amount of a won lead; it can be skipped, and Escape cancels. */
export function AskAmount({ name, status, busy, error, onConfirm, onCancel }: Props) {
  useLayer(onCancel);
  const [typed, setTyped] = useState('');
  const { currency } = useMe().workspace;
  const isSaid = typed.trim() !== '';
  return (
    <Form
      aria-label={`Amount for ${name}`}
      className={classes.form}
      onSubmit={() => {
        if (isSaid && !busy) onConfirm(numberOr(typed.trim()));
      }}
    >
      <TextInput
        label={`${status}: amount in ${currency}`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={error}
        inputMode="decimal"
        autoComplete="off"
        data-autofocus
      />
      <div className={classes.actions}>
        <Button onClick={onCancel}>Cancel</Button>
        <Button onClick={() => onConfirm()} disabled={busy}>
          Skip
        </Button>
        <Button type="submit" variant="filled" disabled={!isSaid} loading={busy}>
          {`Set to ${status}`}
        </Button>
      </div>
    </Form>
  );
}
