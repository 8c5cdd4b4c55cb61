import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';

/** Leads by status. */
export function PipelinePage() {
  return (
    <Page title="Pipeline">
      <EmptyState title="No leads in the pipeline" />
    </Page>
  );
}
