import classes from './initials.module.css';
import { tones } from './pill.tsx';

const shades = tones.filter((tone) => tone !== 'bad' && tone !== 'neutral');

/** A person's initials, on a colour of their own. The name must be shown beside them or be their label. */
export function Initials({ name, size = 20 }: { name: string; size?: number }) {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
  const sum = [...name].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7);
  return (
    <span
      className={classes.chip}
      data-tone={shades[sum % shades.length]}
      aria-hidden
      style={{ width: size, height: size, fontSize: Math.max(9, Math.round(size * 0.4)) }}
    >
      {letters || '?'}
    </span>
  );
}

/** A person with initials and name; `Nobody` if `name` is null. */
export function Person({ name }: { name: string | null }) {
  if (!name) return <span className="muted">Unassigned</span>;
  return (
    <span className={classes.person}>
      <Initials name={name} />
      <span className="clip">{name}</span>
    </span>
  );
}
