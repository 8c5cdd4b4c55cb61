import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import classes from './tokens.module.css';

interface Props {
  title: string;
  /** What the secret is called, as in `Copy token`. */
  what: string;
  secret: string;
  /** A note above the secret, about what happens to the old one. */
  note?: string | undefined;
  /** Shown below the secret. */
  children?: ReactNode;
  onClose: () => void;
}

/** Shows a new secret once, and asks before it is closed without having been copied. */
export function SecretOnce({ title, what, secret, note, children, onClose }: Props) {
  const [isCopied, setCopied] = useState(false);
  const [asks, setAsks] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => setCopied(true),
      () => toast.error('Could not copy. Select the text and copy it by hand.'),
    );
  return (
    <Dialog onClose={() => (isCopied ? onClose() : setAsks(true))} title={title} size={620} isFirm>
      <div className="stack">
        <p className="note">
          {`This is the only time the ${what} is shown.`} {note}
        </p>
        <div className={classes.code}>
          <pre role="region" aria-label={what.charAt(0).toUpperCase() + what.slice(1)}>
            {secret}
          </pre>
        </div>
        {children}
        {asks && (
          <p role="alert" className="warning">
            You have not copied the {what}. If you lose it, you will have to create a new one.
          </p>
        )}
        <div className={classes.actions}>
          {asks && <Button onClick={onClose}>Close without copying</Button>}
          <Button variant={isCopied ? 'default' : 'filled'} onClick={() => void copy()}>
            {isCopied ? 'Copied' : `Copy ${what}`}
          </Button>
          <Button variant={isCopied ? 'filled' : 'default'} onClick={onClose}>
            I have saved it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
