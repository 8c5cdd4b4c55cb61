import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../../../app/session.ts';
import { numberOr } from '../fields/lead-values.ts';
import { closeByKey } from './close-by-key.ts';
import classes from './move-question.module.css';

interface Props {
  /** What is won: `Anjali Menon`. */
  name: string;
  /** The status it goes to. */
  status: string;
  busy: boolean;
  /** What the server said against it. */
  error?: string | undefined;
  /** Without an amount when nobody knows it. */
  onConfirm: (amount?: string | number) => void;
  onCancel: () => void;
}

/** Asks what a lead that is won amounts to; it can be left open. Escape gives up. */
export function AskAmount({ name, status, busy, error, onConfirm, onCancel }: Props) {
  const [typed, setTyped] = useState('');
  const { currency } = useMe().workspace;
  const isSaid = typed.trim() !== '';
  return (
    <form
      noValidate
      aria-label={`What ${name} amounts to`}
      className={classes.form}
      onKeyDown={(event) => closeByKey(event, onCancel)}
      onSubmit={(event) => {
        event.preventDefault();
        if (isSaid && !busy) onConfirm(numberOr(typed.trim()));
      }}
    >
      <TextInput
        label={`${status}: what does it amount to, in ${currency}?`}
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
    </form>
  );
}
