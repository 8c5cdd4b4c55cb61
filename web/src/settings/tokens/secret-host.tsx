import { Button } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { Code } from './code.tsx';
import { useSpec } from './get-tokens.ts';
import { type Secret, showSecret, useSecret } from './secret.ts';
import { snippet } from './snippets.ts';
import classes from './tokens.module.css';

/** Shows a new secret on whichever page it was made. */
export function SecretHost() {
  const secret = useSecret();
  return secret && <SecretOnce key={secret.token} {...secret} />;
}

/** Shows a new secret once, and asks before leaving without having copied it. */
function SecretOnce({ id, name, token, note, onClose }: Secret) {
  const [isCopied, setCopied] = useState(false);
  const [asks, setAsks] = useState(false);
  const spec = useSpec(id);
  const close = () => {
    showSecret(undefined);
    onClose?.();
  };
  const copy = () =>
    navigator.clipboard.writeText(token).then(
      () => setCopied(true),
      () => toast.error('Could not copy. Select the text and copy it by hand.'),
    );
  return (
    <Dialog onClose={() => (isCopied ? close() : setAsks(true))} title={`Token of ${name}`} size={620} isFirm>
      <div className={classes.stack}>
        <p className={classes.note}>This is the only time the token is shown. {note}</p>
        <div className={classes.code}>
          <pre role="region" aria-label="Token">
            {token}
          </pre>
        </div>
        {spec.data && (
          <>
            <p className={classes.note}>Send a first lead with this token:</p>
            <Code label="command" text={snippet('curl', spec.data.example, spec.data.placeholder, token)} />
          </>
        )}
        {asks && (
          <p role="alert" className={classes.warn}>
            You have not copied the token. Without it you will have to create a new one.
          </p>
        )}
        <div className={classes.actions}>
          {asks && <Button onClick={close}>Leave without it</Button>}
          <Button variant={isCopied ? 'default' : 'filled'} onClick={() => void copy()}>
            {isCopied ? 'Copied' : 'Copy token'}
          </Button>
          <Button variant={isCopied ? 'filled' : 'default'} onClick={close}>
            I have stored it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
