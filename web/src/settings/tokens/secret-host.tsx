import { lazyPart } from '../../app/lazy-part.tsx';
import { useSecret } from './secret.ts';

const NewToken = lazyPart(async () => (await import('./new-token.tsx')).NewToken, { floats: true });

/** Loads what shows a new token; call it before one is made, since the server tells its secret only once. */
export const loadNewToken = NewToken.preload;

/** Shows a new token on whichever page it was made. */
export function SecretHost() {
  const secret = useSecret();
  return secret && <NewToken key={secret.token} {...secret} />;
}
