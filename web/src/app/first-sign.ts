const signs = ['pointermove', 'pointerdown', 'keydown'] as const;

/**
 * Runs something once, at the first sign of a person: the moment to load menus and dialogs, long before one of them is
 * asked for and after everything that the first screen needs.
 */
export function atFirstSign(run: () => void): void {
  const once = (event: Event) => {
    // Browsers also report a pointer that rests, when the page below it changes.
    if (event instanceof PointerEvent && event.type === 'pointermove' && !event.movementX && !event.movementY) return;
    for (const sign of signs) window.removeEventListener(sign, once);
    setTimeout(run);
  };
  for (const sign of signs) window.addEventListener(sign, once, { passive: true });
}
