import { Button, Group, Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { type FocusEvent, type ReactNode, useRef, useState } from 'react';
import { useLayer } from '../layers.ts';

type Field = HTMLInputElement | HTMLTextAreaElement;

/** The value that each field had when it first took the focus. */
type Before = Map<Field, string>;

/** Guards a part of the page against being closed while it holds unsaved text. */
interface TypedText {
  /** Closes, or asks first. */
  close: () => void;
  /** Handlers for the element around the fields. */
  watch: { onFocusCapture: (event: FocusEvent) => void; onSubmitCapture: () => void };
  /** The question, to be rendered within that part of the page. */
  question: ReactNode;
}

/**
 * Asks before typed text is lost, because the part closes or the person leaves the page. Fields within `data-kept` are
 * ignored: they save what is typed by themselves.
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
      // Submitted text is either saved, or the form says why not and the person types in it again.
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
      <p>It has not been saved.</p>
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
