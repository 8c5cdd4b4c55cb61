import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';

/** Every request that came in. */
export function IntakePage() {
  return (
    <Page title="Intake">
      <EmptyState title="No requests yet" />
    </Page>
  );
}
