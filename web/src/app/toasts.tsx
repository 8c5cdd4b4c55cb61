import { useEffect, useState } from 'react';
import { loadToastsWith } from '../ui/feedback/toast.tsx';
import { onFirstInput } from './first-input.ts';
import { lazyPart } from './lazy-part.tsx';

const Toaster = lazyPart(async () => (await import('./toaster.tsx')).Toaster);

/** The toasts of every page; loaded with the first toast, or once the person moves the pointer or presses a key. */
export function Toasts() {
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    loadToastsWith(() => setWanted(true));
    onFirstInput(() => setWanted(true));
  }, []);
  return isWanted && <Toaster />;
}
