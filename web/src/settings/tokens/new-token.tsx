import { Code } from './code.tsx';
import { useSpec } from './get-tokens.ts';
import { type Secret, showSecret } from './secret.ts';
import { SecretOnce } from './secret-once.tsx';
import { snippet } from './snippets.ts';

/** A new token, with a first request to send with it. */
export function NewToken({ id, name, token, note, onClose }: Secret) {
  const spec = useSpec(id);
  const close = () => {
    showSecret(undefined);
    onClose?.();
  };
  return (
    <SecretOnce title={`Token for ${name}`} what="token" secret={token} note={note} onClose={close}>
      {spec.data && (
        <>
          <p className="note">Send a first lead with this token:</p>
          <Code label="command" text={snippet('curl', spec.data.example, spec.data.placeholder, token)} />
        </>
      )}
    </SecretOnce>
  );
}
