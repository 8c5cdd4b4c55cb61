import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';

/** Every lead there is. */
export function LeadsPage() {
  return (
    <Page title="Leads">
      <EmptyState title="No leads yet" />
    </Page>
  );
}
