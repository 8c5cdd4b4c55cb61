import { CopyButton } from '../../ui/copy-button.tsx';
import classes from './tokens.module.css';

/** Text to copy verbatim. */
export function Code({ text, label }: { text: string; label: string }) {
  return (
    <div className={classes.code}>
      <pre role="region" aria-label={label}>
        {text}
      </pre>
      <span className={classes.copy}>
        <CopyButton value={text} label={`Copy ${label}`} />
      </span>
    </div>
  );
}
