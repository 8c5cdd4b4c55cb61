import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';

/** What is to be done, and by when. */
export function TasksPage() {
  return (
    <Page title="Tasks">
      <EmptyState title="Nothing to do" />
    </Page>
  );
}
