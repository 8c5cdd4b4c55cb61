import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';

/** The next call to make. */
export function CallsPage() {
  return (
    <Page title="Call queue">
      <EmptyState title="The queue is empty" />
    </Page>
  );
}
