import { type ComponentProps, type FormEvent, useId, useLayoutEffect, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { useLayer } from '../layers.ts';
import { useReturnFocus } from '../return-focus.ts';
import { type Fault, faultsIn } from './field-faults.ts';
import classes from './form.module.css';
import { useTypedText } from './use-typed-text.tsx';

interface Props extends Omit<ComponentProps<'form'>, 'noValidate' | 'onInput'> {
  /** Called once every field is filled in as its attributes demand; the page does not reload. */
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  /** For a form in place of what it edits: Escape closes it, after a question if something was typed. */
  onClose?: () => void;
}

/**
 * Every form of the app. What is missing or malformed (`required`, `type`, `min` ...) is said at the field, in our words
 * instead of the browser's.
 */
export function Form({ onClose, ...form }: Props) {
  return onClose ? <FormInPlace {...form} onClose={onClose} /> : <CheckedForm {...form} />;
}

function FormInPlace({ onClose, ...form }: Props & { onClose: () => void }) {
  const text = useTypedText(onClose);
  useLayer(text.close);
  useReturnFocus();
  return (
    <div className={classes.place} {...text.watch}>
      <CheckedForm {...form} />
      {text.question}
    </div>
  );
}

function CheckedForm({ onSubmit, children, ...form }: Omit<Props, 'onClose'>) {
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    // React also passes on what is submitted in dialogs that this form opened.
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    const found = faultsIn(event.currentTarget);
    // Each field is marked before the first of them takes the focus, so that its fault is read out with it.
    flushSync(() => setFaults(found));
    if (found[0]) found[0].field.focus();
    else onSubmit(event);
  };
  return (
    <form
      {...form}
      noValidate
      onSubmit={submit}
      onInput={({ target }) => setFaults((now) => (now.length > 0 ? now.filter(({ field }) => field !== target) : now))}
    >
      {children}
      {faults.map((fault) => (
        <FaultText key={fault.text + fault.field.name} fault={fault} />
      ))}
    </form>
  );
}

/** What is wrong with a field, shown below it for as long as this is mounted. */
function FaultText({ fault: { field, text } }: { fault: Fault }) {
  const id = useId();
  useLayoutEffect(() => {
    const marks = { 'aria-invalid': 'true', 'data-error': 'true', 'aria-describedby': id };
    const before = Object.keys(marks).map((name) => [name, field.getAttribute(name)] as const);
    for (const [name, value] of Object.entries(marks)) field.setAttribute(name, value);
    return () => {
      for (const [name, value] of before) {
        if (value === null) field.removeAttribute(name);
        else field.setAttribute(name, value);
      }
    };
  }, [field, id]);
  const place = field.closest('.mantine-InputWrapper-root') ?? field.parentElement;
  return (
    place &&
    createPortal(
      <p id={id} className={`mantine-InputWrapper-error ${classes.fault}`}>
        {text}
      </p>,
      place,
    )
  );
}
