import { Button, Group, Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { type FocusEvent, type ReactNode, useRef, useState } from 'react';
import { useLayer } from '../layers.ts';

type Field = HTMLInputElement | HTMLTextAreaElement;

/** The value that each field had when it first took the focus. */
type Before = Map<Field, string>;

/** Guards a part of the page against closing while it holds text that is saved nowhere. */
interface TypedText {
  /** Closes, or asks first. */
  close: () => void;
  /** For the element around the fields. */
  watch: { onFocusCapture: (event: FocusEvent) => void; onSubmitCapture: () => void };
  /** The question, to be shown within the part. */
  question: ReactNode;
}

/**
 * Asks before typed text is dropped, by closing the part or by leaving the page. Fields within `data-kept` do not count:
 * they store what is typed by themselves.
 */
export function useTypedText(onClose: () => void): TypedText {
  const before = useRef<Before>(new Map());
  const [asks, setAsks] = useState(false);
  const holdsText = () => [...before.current].some(isTyped);
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && holdsText(),
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
    if (isBlocked) leaving.proceed?.();
    else onClose();
  };
  return {
    close: () => (holdsText() ? setAsks(true) : onClose()),
    watch: {
      onFocusCapture: ({ target }) => {
        if (isField(target) && !before.current.has(target)) before.current.set(target, target.value);
      },
      // What was submitted is saved, or its form says why not and is typed in again.
      onSubmitCapture: () => before.current.clear(),
    },
    question: (asks || isBlocked) && <DropQuestion onDrop={drop} onStay={stay} />,
  };
}

function DropQuestion({ onDrop, onStay }: { onDrop: () => void; onStay: () => void }) {
  useLayer(onStay);
  return (
    <Modal
      opened
      onClose={onStay}
      title="Discard what you typed?"
      closeOnEscape={false}
      zIndex={350}
      attributes={{ content: { 'data-layer': true } }}
    >
      <p>It is not saved.</p>
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

function isTyped([field, value]: [Field, string]): boolean {
  return field.isConnected && !field.readOnly && field.value !== value;
}
