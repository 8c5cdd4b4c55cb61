import { useDocumentTitle } from '@mantine/hooks';
import { Mark } from '../ui/mark.tsx';

/** Where somebody says who they are. */
export function SignInPage() {
  useDocumentTitle('Sign in · Leadwell');
  return (
    <main>
      <Mark />
      <h1>Sign in</h1>
    </main>
  );
}
