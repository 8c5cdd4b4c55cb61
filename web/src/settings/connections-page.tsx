import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';

/** Tokens, dialects and webhooks. */
export function ConnectionsPage() {
  return (
    <Page title="API & webhooks">
      <EmptyState title="Nothing is connected yet" />
    </Page>
  );
}
