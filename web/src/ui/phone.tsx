import { CopyButton } from './copy-button.tsx';
import classes from './phone.module.css';

interface Props {
  /** As it is stored: `+919895912345`. */
  number: string | null | undefined;
  /** As people write it; the server says so. */
  display?: string | null;
  copy?: boolean;
}

/** A phone number: a tap calls it, a click beside it copies it. */
export function Phone({ number, display, copy = false }: Props) {
  if (!number) return <span aria-hidden>—</span>;
  return (
    <span className={classes.phone}>
      <a href={`tel:${number}`} className="quiet-link tabular">
        {display ?? number}
      </a>
      {copy && <CopyButton value={number} label="Copy the number" />}
    </span>
  );
}
