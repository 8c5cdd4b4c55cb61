import { lazy, Suspense } from 'react';
import { useOpenConflict } from '../api/conflicts.ts';

const ConflictDialog = lazy(() => import('./conflict-dialog.tsx'));

/** Opens the dialog when two people changed the same field of a lead, wherever it was changed. */
export function ConflictHost() {
  const conflict = useOpenConflict();
  if (!conflict) return null;
  return (
    <Suspense>
      <ConflictDialog conflict={conflict} />
    </Suspense>
  );
}
