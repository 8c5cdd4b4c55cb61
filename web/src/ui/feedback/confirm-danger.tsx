import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Dialog } from '../dialog.tsx';
import { Form } from '../form/form.tsx';
import classes from './confirm-danger.module.css';

interface Props {
  opened: boolean;
  title: string;
  /** The consequences, in words. */
  children: ReactNode;
  /** The verb: `Delete 128 leads`. */
  action: string;
  /** A text to type first, for the most destructive actions. */
  typed?: string | undefined;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before an action that cannot be undone; other actions are carried out at once and offer Undo. */
export function ConfirmDanger({ opened, ...question }: Props) {
  return opened && <Question {...question} />;
}

function Question({ title, children, action, typed, busy = false, onConfirm, onClose }: Omit<Props, 'opened'>) {
  const [text, setText] = useState('');
  const allowed = typed === undefined || plain(text) === plain(typed);
  return (
    <Dialog onClose={onClose} title={title} keepsNothing>
      <Form
        onSubmit={() => {
          if (allowed && !busy) onConfirm();
        }}
      >
        <div className={classes.consequences}>{children}</div>
        {typed !== undefined && (
          <TextInput
            mt="sm"
            label={`Type “${typed}” to confirm`}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        <div className={classes.actions}>
          <Button onClick={onClose} {...(typed === undefined && { 'data-autofocus': true })}>
            Cancel
          </Button>
          <Button type="submit" variant="filled" color="red" disabled={!allowed} loading={busy}>
            {action}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

/** The text without separators, since numbers may be typed with or without them. */
function plain(text: string): string {
  return /^[\d\s.,+]+$/.test(text) ? text.replace(/\D/g, '') : text.trim();
}
