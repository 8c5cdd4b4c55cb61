import { useEffect, useRef } from 'react';

/** What Escape closes: dialogs, drawers, questions, a selection. The newest one is last. */
const layers: { close: () => void }[] = [];

/** Menus, lists, popovers and dialogs that Mantine closes by itself. */
const others = [
  '[aria-haspopup][aria-expanded="true"]',
  '[aria-haspopup="listbox"][aria-controls]',
  '[aria-modal="true"]:not([data-layer])',
].join();

/** For Mantine dialogs that are layers. Their headers are not page headers, of which a page may have only one. */
export const layerAttributes = { content: { 'data-layer': true }, header: { role: 'none' } };

/** While mounted and `when` is true, Escape closes this layer, unless a newer one is open. */
export function useLayer(close: () => void, when = true): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!when) return;
    const layer = { close: () => latest.current() };
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
    };
  }, [when]);
}

/**
 * Listens for Escape for as long as the app runs, and closes exactly one layer. Call it before any other listener is
 * added: only then can it see that a menu is still open, and only then do shortcuts see that the key was handled.
 */
export function startLayers(): void {
  let isOthers = false;
  const begin = (event: KeyboardEvent) => {
    if (event.key === 'Escape') isOthers = document.querySelector(others) !== null;
  };
  const end = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    const top = layers.at(-1);
    if (!isOthers && !top) return;
    event.preventDefault();
    if (!isOthers) top?.close();
  };
  window.addEventListener('keydown', begin, { capture: true });
  document.addEventListener('keydown', end);
}
