import { Button } from '@mantine/core';
import type { NotificationData } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { Kbd } from '../kbd.tsx';
import classes from './toast.module.css';

const UNDO_TIME = 6_000;

/** The component that puts toasts on the screen. */
interface ToastScreen {
  show: (toast: NotificationData) => unknown;
  hide: (id: string) => unknown;
}

let screen: ToastScreen | undefined;
const waiting: ((screen: ToastScreen) => void)[] = [];
let wake = () => {};

/** Sets what is called when the first toast is due: `load` must load a screen that calls `showToastsOn`. */
export function loadToastsWith(load: () => void): void {
  wake = load;
  if (waiting.length > 0) load();
}

/** Shows all waiting toasts on this screen, and all later ones. */
export function showToastsOn(next: ToastScreen): void {
  screen = next;
  for (const run of waiting.splice(0)) run(next);
}

function onScreen(run: (screen: ToastScreen) => void): void {
  if (screen) {
    run(screen);
    return;
  }
  waiting.push(run);
  wake();
}

let last: { id: string; undo: () => void } | undefined;
let made = 0;

/** Runs the undo that the newest toast offers; the key Z does this. */
export function undoLast(): void {
  if (!last) return;
  const { id, undo } = last;
  last = undefined;
  onScreen(({ hide }) => hide(id));
  undo();
}

function open(message: ReactNode, autoClose: number | false, options: { alarm?: boolean; onClose?: () => void } = {}) {
  made += 1;
  const id = `toast-${made}`;
  const shown: NotificationData = {
    id,
    message,
    autoClose,
    withBorder: true,
    classNames: { root: classes.toast, description: classes.words },
    closeButtonProps: { 'aria-label': 'Close' },
    role: options.alarm ? 'alert' : 'status',
    ...(options.alarm && { color: 'red' }),
    ...(options.onClose && { onClose: options.onClose }),
  };
  onScreen(({ show }) => show(shown));
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

  /** Shows an error, for long enough to be read. */
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
  onScreen(({ hide }) => hide(id));
  undo();
}
