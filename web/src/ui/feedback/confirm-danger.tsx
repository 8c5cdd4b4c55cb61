import { Button, Modal, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import classes from './confirm-danger.module.css';

interface Props {
  opened: boolean;
  title: string;
  /** The consequences, in words. */
  children: ReactNode;
  /** The verb: `Delete 128 leads`. */
  action: string;
  /** A text to type first, for the most destructive actions. */
  typed?: string;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before an action that cannot be undone; all others are done at once and offer Undo. */
export function ConfirmDanger({ opened, title, children, action, typed, busy = false, onConfirm, onClose }: Props) {
  const [text, setText] = useState('');
  const allowed = typed === undefined || text.trim() === typed;
  const close = () => {
    setText('');
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (allowed && !busy) onConfirm();
        }}
      >
        <div>{children}</div>
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
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="filled" color="red" disabled={!allowed} loading={busy}>
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
