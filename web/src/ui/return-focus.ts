import { useEffect, useState } from 'react';

/**
 * For what is mounted only while it is open: on closing, returns the focus to where it was, unless it has moved
 * elsewhere. If that element is gone, the focus goes to the one that took its place, to the button of the menu it was
 * in, or else to the page.
 */
export function useReturnFocus(): void {
  const [back] = useState(() => placesOf(document.activeElement));
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (lost)
          back()
            .find((place) => place?.isConnected)
            ?.focus({ preventScroll: true });
      });
    },
    [back],
  );
}

/** Where the focus may return to, best first, asked for once it is lost. */
function placesOf(active: Element | null): () => (HTMLElement | null | undefined)[] {
  const menu = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const name = active && nameOf(active);
  const around: Element[] = [];
  for (let place = active?.parentElement; place; place = place.parentElement) around.push(place);
  return () => [
    active instanceof HTMLElement && active !== document.body ? active : null,
    name
      ? sameIn(
          around.find(({ isConnected }) => isConnected),
          name,
        )
      : null,
    menu ? document.getElementById(menu) : null,
    document.querySelector<HTMLElement>('#main'),
  ];
}

/** The button of the same name: a form in place of its button is followed by that button, made anew. */
function sameIn(place: Element | undefined, name: string): HTMLElement | undefined {
  return [...(place?.querySelectorAll('button') ?? [])].find((button) => nameOf(button) === name);
}

const nameOf = (element: Element) => element.getAttribute('aria-label') ?? element.textContent?.trim();
