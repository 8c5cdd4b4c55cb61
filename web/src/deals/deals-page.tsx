import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';

/** What may be earned. */
export function DealsPage() {
  return (
    <Page title="Deals">
      <EmptyState title="No deals yet" />
    </Page>
  );
}
