import { lazy, Suspense } from 'react';
import { useOpenConflict } from '../api/conflicts.ts';

const ConflictDialog = lazy(() => import('./conflict-dialog.tsx'));

/** Shows the conflict dialog on whichever page the lead was changed. */
export function ConflictHost() {
  const conflict = useOpenConflict();
  if (!conflict) return null;
  return (
    <Suspense>
      <ConflictDialog conflict={conflict} />
    </Suspense>
  );
}
