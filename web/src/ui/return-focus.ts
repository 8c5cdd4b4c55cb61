import { useEffect, useState } from 'react';

/**
 * For dialogs that are mounted only while open: on closing, returns the focus to where it was, unless it has moved
 * elsewhere. If that element is gone, the focus goes to the button of the menu it was in, otherwise to the page.
 */
export function useReturnFocus(): void {
  const [back] = useState(() => placesOf(document.activeElement));
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (lost) back.find((place) => place.isConnected)?.focus({ preventScroll: true });
      });
    },
    [back],
  );
}

function placesOf(active: Element | null): HTMLElement[] {
  const menu = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const button = menu ? document.getElementById(menu) : null;
  return [active === document.body ? null : active, button, document.querySelector('#main')].filter(
    (place) => place instanceof HTMLElement,
  );
}
