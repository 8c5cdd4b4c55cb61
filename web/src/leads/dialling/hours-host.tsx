import { lazyPart } from '../../app/lazy-part.tsx';
import { dial, leaveCall, useAskedCall } from './dial.ts';

const OutsideHours = lazyPart(async () => (await import('./outside-hours.tsx')).OutsideHours, { floats: true });

/** Asks before a lead is called outside the calling hours, whichever page the call starts from. */
export function HoursHost() {
  const asked = useAskedCall();
  if (!asked) return null;
  const { detail, leadId, link } = asked;
  return <OutsideHours detail={detail} onLeave={leaveCall} onCall={() => void dial(leadId, link, true)} />;
}
