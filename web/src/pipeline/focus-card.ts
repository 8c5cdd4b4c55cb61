/** Focuses a card in its new column and scrolls to it, unless a question there has taken the focus. */
export function focusCard(id: string): void {
  setTimeout(() => {
    if (document.activeElement?.closest('form')) return;
    document.querySelector<HTMLElement>(`[data-rfd-draggable-id="${id}"]`)?.focus();
  }, 50);
}
