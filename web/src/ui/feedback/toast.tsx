import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { Kbd } from '../kbd.tsx';
import classes from './toast.module.css';

const UNDO_TIME = 6_000;

let last: { id: string; undo: () => void } | undefined;
let made = 0;

/** Undoes what the newest toast offers to undo; the key Z does this. */
export function undoLast(): void {
  if (!last) return;
  const { id, undo } = last;
  last = undefined;
  notifications.hide(id);
  undo();
}

function open(message: ReactNode, autoClose: number | false, options: { alarm?: boolean; onClose?: () => void } = {}) {
  made += 1;
  const id = `toast-${made}`;
  notifications.show({
    id,
    message,
    autoClose,
    withBorder: true,
    classNames: { root: classes.toast, description: classes.words },
    closeButtonProps: { 'aria-label': 'Close' },
    role: options.alarm ? 'alert' : 'status',
    ...(options.alarm && { color: 'red' }),
    ...(options.onClose && { onClose: options.onClose }),
  });
  return id;
}

/** Short messages at the bottom of the page. */
export const toast = {
  /** `toast.done('Lead created')` */
  done(message: ReactNode): void {
    open(message, 4_000);
  },

  /** Offers Undo for six seconds: `toast.undo('Status set to Contacted', () => ...)`. */
  undo(message: ReactNode, undo: () => void): void {
    const forget = () => {
      if (last?.id === id) last = undefined;
    };
    const id: string = open(
      <span className={classes.row}>
        {message}
        <Button variant="subtle" onClick={() => undoThis(id, undo)} rightSection={<Kbd keys="z" />}>
          Undo
        </Button>
      </span>,
      UNDO_TIME,
      { onClose: forget },
    );
    last = { id, undo };
  },

  /** An error; stays long enough to be read. */
  error(problem: string | { message: string; requestId?: string | undefined }, what?: string): void {
    const { message, requestId } = typeof problem === 'string' ? { message: problem, requestId: undefined } : problem;
    open(
      <>
        {what && <strong>{what} </strong>}
        {message} {requestId && <span className="mono">{requestId}</span>}
      </>,
      10_000,
      { alarm: true },
    );
  },
};

function undoThis(id: string, undo: () => void): void {
  if (last?.id === id) last = undefined;
  notifications.hide(id);
  undo();
}
