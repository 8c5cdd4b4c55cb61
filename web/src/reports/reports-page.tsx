import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';

/** What came in and what became of it. */
export function ReportsPage() {
  return (
    <Page title="Reports">
      <EmptyState title="Nothing to report yet" />
    </Page>
  );
}
