import { Button } from '@mantine/core';
import { CopyButton } from '../ui/copy-button.tsx';
import classes from './account.module.css';

/** Shows the recovery codes; this happens only once, right after they are created. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = codes.join('\n');
  return (
    <div role="status">
      <p className={classes.text}>
        <strong>Save these recovery codes.</strong> Each code signs you in once without the app. They will not be shown
        again.
        <CopyButton value={text} label="Copy recovery codes" />
      </p>
      <ul className={classes.codes}>
        {codes.map((code) => (
          <li key={code} className="mono">
            {code}
          </li>
        ))}
      </ul>
      <div className="buttons">
        <Button
          component="a"
          href={`data:text/plain,${encodeURIComponent(`${text}\n`)}`}
          download="leadwell-recovery-codes.txt"
        >
          Download
        </Button>
        <Button variant="filled" onClick={onDone}>
          I have saved them
        </Button>
      </div>
    </div>
  );
}
