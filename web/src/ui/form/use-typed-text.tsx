import { Button, Group, Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { type FocusEvent, type FormEvent, type ReactNode, useRef, useState } from 'react';
import { layerAttributes, useLayer } from '../layers.ts';
import { useReturnFocus } from '../return-focus.ts';

type Field = HTMLInputElement | HTMLTextAreaElement;

/** The value that each field had when it first took the focus. */
type Before = Map<Field, string>;

/** Guards a part of the page against being closed while it holds unsaved text. */
interface TypedText {
  /** Closes, or asks first. */
  close: () => void;
  /** Handlers for the element around the fields. */
  watch: {
    onFocusCapture: (event: FocusEvent) => void;
    onSubmitCapture: (event: FormEvent) => void;
    'data-guard': true;
  };
  /** The question, to be rendered within that part of the page. */
  question: ReactNode;
}

/**
 * Asks before typed text is lost, because the part closes or the person leaves the page. Fields within `data-kept` are
 * ignored: they save what is typed by themselves.
 */
export function useTypedText(onClose: () => void): TypedText {
  const before = useRef<Before>(new Map());
  const sent = useRef<Before>(new Map());
  // Of parts within each other, the outermost asks before the page is left: it knows the fields of all.
  const isInner = useRef(false);
  const [asks, setAsks] = useState(false);
  const holdsText = () => [...before.current].some(isTyped) || [...sent.current].some(isRefused);
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && !isInner.current && holdsText(),
    enableBeforeUnload: holdsText,
    withResolver: true,
  });
  const isBlocked = leaving.status === 'blocked';
  const stay = () => {
    setAsks(false);
    leaving.reset?.();
  };
  const drop = () => {
    before.current.clear();
    sent.current.clear();
    if (isBlocked) leaving.proceed?.();
    else onClose();
  };
  return {
    close: () => (holdsText() ? setAsks(true) : onClose()),
    watch: {
      'data-guard': true,
      onFocusCapture: ({ target, currentTarget }) => {
        isInner.current = currentTarget.parentElement?.closest('[data-guard]') != null;
        if (isField(target) && !before.current.has(target)) before.current.set(target, target.value);
      },
      // Submitted text is saved, unless the form says why not.
      onSubmitCapture: ({ target }) => {
        for (const [field, value] of before.current)
          if (field.form === target) {
            before.current.delete(field);
            sent.current.set(field, value);
          }
      },
    },
    question: (asks || isBlocked) && <DropQuestion onDrop={drop} onStay={stay} />,
  };
}

interface QuestionProps {
  /** True if what would be lost are changes of any kind, not only text. */
  isChange?: boolean;
  onDrop: () => void;
  onStay: () => void;
}

/** Asks before unsaved text or changes are lost. */
export function DropQuestion({ isChange = false, onDrop, onStay }: QuestionProps) {
  useLayer(onStay);
  useReturnFocus();
  return (
    <Modal
      opened
      onClose={onStay}
      title={isChange ? 'Discard your changes?' : 'Discard what you typed?'}
      closeOnEscape={false}
      zIndex={350}
      attributes={layerAttributes}
    >
      <p>{isChange ? 'Your changes have not been saved.' : 'It has not been saved.'}</p>
      <Group justify="flex-end">
        <Button onClick={onDrop}>Discard</Button>
        <Button variant="filled" onClick={onStay} data-autofocus>
          Keep editing
        </Button>
      </Group>
    </Modal>
  );
}

function isField(target: EventTarget): target is Field {
  if (target instanceof HTMLTextAreaElement) return !target.closest('[data-kept]');
  const isText = target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'file'].includes(target.type);
  return isText && !target.closest('[data-kept], [role=combobox], [aria-haspopup=listbox]');
}

/** Whether a field was sent in a form that has said why its text is not saved. */
function isRefused([field, value]: [Field, string]): boolean {
  return isTyped([field, value]) && Boolean(field.form?.querySelector('[aria-invalid="true"], [role="alert"]'));
}

function isTyped([field, value]: [Field, string]): boolean {
  return field.isConnected && !field.readOnly && field.value !== value;
}
