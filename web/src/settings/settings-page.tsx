import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';

/** How the workspace works. */
export function SettingsPage() {
  return (
    <Page title="Settings">
      <EmptyState title="Choose what to set" />
    </Page>
  );
}
