const FOCUS_MS = 400;
/** After this time keys reach the page again, even if something is still loading. */
const LONGEST_MS = 5_000;
const stillKeys = new Set(['Shift', 'Control', 'Alt', 'Meta', 'Tab']);

/**
 * Holds the keys that are pressed while a menu, dialog or drawer is still loading, so that they go to it and not to the
 * page below. Call the result with true to pass the keys to whatever takes the focus next, with false to drop them.
 */
export function holdKeys(): (given: boolean) => void {
  const held: KeyboardEvent[] = [];
  const before = document.activeElement;
  const hold = (event: KeyboardEvent) => {
    if (!event.isTrusted || event.ctrlKey || event.metaKey || event.altKey || stillKeys.has(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held.push(event);
  };
  window.addEventListener('keydown', hold, { capture: true });
  const timer = setTimeout(() => stop(), LONGEST_MS);
  const stop = () => {
    clearTimeout(timer);
    window.removeEventListener('keydown', hold, { capture: true });
  };
  return (given) => {
    if (!given) return stop();
    const since = performance.now();
    const give = () => {
      const isSoon = performance.now() - since < FOCUS_MS;
      if (isSoon && document.activeElement === before) return requestAnimationFrame(give);
      stop();
      for (const event of held) press(event);
      return undefined;
    };
    give();
  };
}

function press({ key, code, shiftKey }: KeyboardEvent): void {
  const target = document.activeElement ?? document.body;
  const event = new KeyboardEvent('keydown', { key, code, shiftKey, bubbles: true, cancelable: true });
  if (!target.dispatchEvent(event)) return;
  if (key.length === 1 && isText(target)) document.execCommand('insertText', false, key);
  else if (key === 'Enter' && target instanceof HTMLButtonElement) target.click();
}

const isText = (target: Element) => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
