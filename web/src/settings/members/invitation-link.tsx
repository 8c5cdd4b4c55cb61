import { CopyButton } from '../../ui/copy-button.tsx';
import classes from './members.module.css';

/** A one-time link to pass on to a member. */
export function InvitationLink({ name, url: given, mailed }: { name: string; url: string; mailed: boolean }) {
  // The server returns only a path if it does not know the address by which this browser reaches it.
  const url = new URL(given, location.origin).href;
  return (
    <div role="status">
      {mailed && <p>{name} also gets a link by email.</p>}
      <p>Send this link to {name}. It works once, expires in a week and will not be shown again.</p>
      <p className={classes.link}>
        <span className="mono">{url}</span>
        <CopyButton value={url} label="Copy link" />
      </p>
    </div>
  );
}
