import { useEffect, useRef, useState } from 'react';
import { Form } from '../../../ui/form/form.tsx';
import { FormButtons } from '../../../ui/form/form-buttons.tsx';
import { useLayer } from '../../../ui/layers.ts';
import { useLostReasons } from '../../api/get-reference-data.ts';
import classes from './lost-reason.module.css';

interface Props {
  /** The lead's name: `Anjali Menon`. */
  name: string;
  /** The status that the lead moves to. */
  status: string;
  busy?: boolean;
  /** The server's error. */
  error?: string | undefined;
  onConfirm: (reasonId: string) => void;
  onCancel: () => void;
}

/** Asks why a lead is lost; Enter confirms, Escape cancels. */
export function LostReason({ name, status, busy = false, error, onConfirm, onCancel }: Props) {
  useLayer(onCancel);
  const reasons = useLostReasons();
  const [chosen, setChosen] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const known = reasons.length > 0;
  useEffect(() => {
    if (known) form.current?.querySelector<HTMLInputElement>('input')?.focus();
  }, [known]);
  return (
    <Form
      ref={form}
      aria-label={`Why ${name} was lost`}
      className={classes.form}
      onSubmit={() => {
        if (chosen && !busy) onConfirm(chosen);
      }}
    >
      <fieldset className="plain-fieldset">
        <legend className={classes.legend}>{`${status}: choose a reason`}</legend>
        {reasons.map((reason) => (
          <label key={reason.id} className={classes.reason}>
            <input
              className="tick"
              type="radio"
              name="lost-reason"
              value={reason.id}
              checked={chosen === reason.id}
              onChange={() => setChosen(reason.id)}
            />
            {reason.name}
          </label>
        ))}
        {!known && <p className="muted">There are no lost reasons yet. Add some in Settings.</p>}
      </fieldset>
      {error && (
        <p role="alert" className={classes.error}>
          {error}
        </p>
      )}
      <FormButtons
        className={classes.actions}
        action={`Set to ${status}`}
        isBusy={busy}
        isDisabled={!chosen}
        onCancel={onCancel}
      />
    </Form>
  );
}
