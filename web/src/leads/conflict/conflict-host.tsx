import { lazyPart } from '../../app/lazy-part.tsx';
import { useOpenConflict } from '../api/conflicts.ts';

const ConflictDialog = lazyPart(async () => (await import('./conflict-dialog.tsx')).default, { floats: true });

/** Shows the conflict dialog, whichever page the lead was changed on. */
export function ConflictHost() {
  const conflict = useOpenConflict();
  if (!conflict) return null;
  return <ConflictDialog conflict={conflict} />;
}
