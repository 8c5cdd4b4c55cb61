import { lazyPart } from '../../app/lazy-part.tsx';
import { useSecret } from './secret.ts';

const NewToken = lazyPart(async () => (await import('./new-token.tsx')).NewToken, { floats: true });

/** Loads the dialog that shows a new token. Call it before creating one: the server returns the secret only once. */
export const loadNewToken = NewToken.preload;

/** Shows a new token, whichever page it was created on. */
export function SecretHost() {
  const secret = useSecret();
  return secret && <NewToken key={secret.token} {...secret} />;
}
