import { useSyncExternalStore } from 'react';

let printing = false;

/** Whether the page is being printed: what is collapsed on the screen is printed in full. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => printing);
}

function subscribe(changed: () => void): () => void {
  const mark = (value: boolean) => () => {
    printing = value;
    changed();
  };
  const [before, after] = [mark(true), mark(false)];
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  return () => {
    window.removeEventListener('beforeprint', before);
    window.removeEventListener('afterprint', after);
  };
}
