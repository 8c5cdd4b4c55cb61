import { ConfirmDanger } from '../../ui/feedback/confirm-danger.tsx';
import { dayTime } from '../../ui/times.ts';

interface Props {
  /** Why the lead should not be called now, in the server's words. */
  detail: string;
  onLeave: () => void;
  onCall: () => void;
}

/** Asks before a lead is called outside the calling hours. */
export function OutsideHours({ detail, onLeave, onCall }: Props) {
  return (
    <ConfirmDanger opened title="Outside calling hours" action="Call anyway" onClose={onLeave} onConfirm={onCall}>
      {timesIn(detail)} If you call anyway, the lead’s timeline and the audit log will show it.
    </ConfirmDanger>
  );
}

/** Puts the timestamp in a message of the server into local time. */
function timesIn(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, (at) => `${dayTime(Date.parse(at), Date.now())} your time`);
}
