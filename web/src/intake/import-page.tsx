import type { ReactNode } from 'react';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';

/** Leads from a file. */
export function ImportPage(): ReactNode {
  return (
    <Page title="Import">
      <EmptyState title="Nothing imported yet" />
    </Page>
  );
}
