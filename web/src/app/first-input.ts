const signs = ['pointermove', 'pointerdown', 'keydown'] as const;

/**
 * Runs something once, as soon as the person moves the pointer or presses a button or key. That is the time to load
 * menus and dialogs: after everything that the first screen needs, and well before anyone opens one.
 */
export function onFirstInput(run: () => void): void {
  const once = (event: Event) => {
    // Browsers also send pointermove when the page changes under a resting pointer.
    if (event instanceof PointerEvent && event.type === 'pointermove' && !event.movementX && !event.movementY) return;
    for (const sign of signs) window.removeEventListener(sign, once);
    setTimeout(run);
  };
  for (const sign of signs) window.addEventListener(sign, once, { passive: true });
}
