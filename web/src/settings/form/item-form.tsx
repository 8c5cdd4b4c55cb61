import { Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { asProblem, type Problem } from '../../api/problem.ts';
import { Form } from '../../ui/form/form.tsx';
import { DropQuestion } from '../../ui/form/use-typed-text.tsx';
import { useLayer } from '../../ui/layers.ts';
import { useReturnFocus } from '../../ui/return-focus.ts';
import classes from '../layout/settings.module.css';
import { type FieldDef, ItemFields } from './item-fields.tsx';

interface Props {
  fields: readonly FieldDef[];
  saved: Readonly<Record<string, unknown>>;
  action?: string;
  onSave: (changed: Record<string, unknown>) => Promise<unknown>;
  /** For a form that is opened: Escape closes it too, and it takes the focus. */
  onClose?: () => void;
  /** Further actions at the start of the footer. */
  more?: ReactNode;
  /** A note above the footer, depending on the values. */
  remark?: (values: Readonly<Record<string, unknown>>) => ReactNode;
}

/** A form with one save button; the server's errors are shown beside their fields. */
export function ItemForm({ fields, saved, action = 'Save', onSave, onClose, more, remark }: Props) {
  const draft = useDraft<Record<string, unknown>>(saved);
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onSave(draft.changed);
      // The draft is reset before anything navigates, so that no question about unsaved changes appears.
      flushSync(() => draft.reset());
      onClose?.();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const drop = () => {
    flushSync(() => draft.reset());
    onClose?.();
  };
  const isSaid = problem?.errors.some(({ field }) => fields.some(({ key }) => `${field}.`.startsWith(`${key}.`)));
  const change = (changes: Record<string, unknown>) => {
    setProblem(undefined);
    draft.set(changes);
  };
  return (
    <Form className={classes.form} onSubmit={() => draft.isChanged && !isBusy && void save()}>
      <AskBeforeLeaving when={draft.isChanged && !isBusy} />
      {onClose && <Opened isChanged={draft.isChanged} onClose={drop} />}
      <ItemFields fields={fields} values={draft.values} problem={problem} onChange={change} />
      {remark?.(draft.values)}
      {problem && !isSaid && (
        <p role="alert" className={classes.alarm}>
          {problem.message}
        </p>
      )}
      <div className={classes.foot}>
        {more && <div className={classes.more}>{more}</div>}
        {(onClose || draft.isChanged) && <Button onClick={drop}>Cancel</Button>}
        <Button type="submit" variant="filled" disabled={!draft.isChanged} loading={isBusy}>
          {action}
        </Button>
      </div>
    </Form>
  );
}

/** Gives an opened form the focus, and closes it by Escape; it is asked first whether changes may be lost. */
function Opened({ isChanged, onClose }: { isChanged: boolean; onClose: () => void }) {
  const place = useRef<HTMLSpanElement>(null);
  const [asks, setAsks] = useState(false);
  useLayer(() => (isChanged ? setAsks(true) : onClose()));
  useReturnFocus();
  useEffect(() => {
    const first = place.current?.closest('form')?.querySelector<HTMLElement>('input, textarea');
    // A dialog gives the focus to what carries this mark.
    first?.setAttribute('data-autofocus', 'true');
    first?.focus();
  }, []);
  return (
    <>
      <span ref={place} hidden />
      {asks && <DropQuestion isChange onDrop={onClose} onStay={() => setAsks(false)} />}
    </>
  );
}

/** Asks before leaving a page with unsaved changes. */
function AskBeforeLeaving({ when }: { when: boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => when,
    enableBeforeUnload: () => when,
    withResolver: true,
  });
  return status === 'blocked' && <DropQuestion isChange onDrop={() => proceed?.()} onStay={() => reset?.()} />;
}

/** The edited values of a form and how they differ from the saved ones. */
function useDraft<T extends object>(saved: T) {
  const [changes, setChanges] = useState<Partial<T>>({});
  const values = { ...saved, ...changes };
  const changed = Object.fromEntries(
    Object.entries(changes).filter(([key, value]) => !same(value, saved[key as keyof T])),
  ) as Partial<T>;
  return {
    values,
    /** The edited values that differ from the saved ones. */
    changed,
    isChanged: Object.keys(changed).length > 0,
    set: (more: Partial<T>) => setChanges((before) => ({ ...before, ...more })),
    reset: () => setChanges({}),
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
