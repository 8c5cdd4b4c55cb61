import classes from './kbd.module.css';

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const names: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: isMac ? '⇧' : 'Shift',
  Escape: 'Esc',
  Enter: '↵',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  ' ': 'Space',
};

const word = (key: string) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key);

/** False on devices that are used by touch alone. */
export const hasKeys = !window.matchMedia('(hover: none) and (pointer: coarse)').matches;

/** Keys as printed on a keyboard: `mod+k`, `g l`, `?`. */
export function Kbd({ keys }: { keys: string }) {
  const strokes = keys === ' ' ? [' '] : keys.split(' ');
  return (
    <span className={classes.keys}>
      {strokes.map((stroke) => (
        <kbd key={stroke} className={classes.kbd}>
          {stroke
            .split('+')
            .map(word)
            .join(isMac ? '' : ' ')}
        </kbd>
      ))}
    </span>
  );
}
