/** Gives a card the focus where it is now, which brings it into sight; where a reason is asked for, that keeps it. */
export function focusCard(id: string): void {
  setTimeout(() => {
    if (document.activeElement?.closest('form')) return;
    document.querySelector<HTMLElement>(`[data-rfd-draggable-id="${id}"]`)?.focus();
  }, 50);
}
