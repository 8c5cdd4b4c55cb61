import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { toast } from '../../ui/feedback/toast.tsx';
import { Code } from './code.tsx';
import { useSpec } from './get-tokens.ts';
import { snippet } from './snippets.ts';
import classes from './tokens.module.css';

interface Props {
  made: { id: string; name: string; token: string };
  /** A note above the secret: what happens to the old one. */
  note?: string;
  onClose: () => void;
}

/** Shows a new secret once, and asks before leaving without having copied it. */
export function SecretOnce({ made, note, onClose }: Props) {
  const [isCopied, setCopied] = useState(false);
  const [asks, setAsks] = useState(false);
  const spec = useSpec(made.id);
  const copy = () =>
    navigator.clipboard.writeText(made.token).then(
      () => setCopied(true),
      () => toast.error('Could not copy. Select the text and copy it by hand.'),
    );
  return (
    <Modal opened onClose={() => (isCopied ? onClose() : setAsks(true))} title={`The token of ${made.name}`} size={620}>
      <div className={classes.stack}>
        <p className={classes.note}>It is shown this once and kept nowhere. {note}</p>
        <div className={classes.code}>
          <pre role="region" aria-label="Token">
            {made.token}
          </pre>
        </div>
        {spec.data && (
          <>
            <p className={classes.note}>Send a first lead with this token:</p>
            <Code label="command" text={snippet('curl', spec.data.example, spec.data.placeholder, made.token)} />
          </>
        )}
        {asks && (
          <p role="alert" className={classes.warn}>
            You have not copied the token. Without it you will have to create a new one.
          </p>
        )}
        <div className={classes.actions}>
          {asks && <Button onClick={onClose}>Leave without it</Button>}
          <Button variant={isCopied ? 'default' : 'filled'} onClick={() => void copy()}>
            {isCopied ? 'Copied' : 'Copy token'}
          </Button>
          <Button variant={isCopied ? 'filled' : 'default'} onClick={onClose}>
            I have stored it
          </Button>
        </div>
      </div>
    </Modal>
  );
}
