import { Button } from '@mantine/core';
import { IconPhone, IconPhoneOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useShortcuts } from '../../app/shortcuts.ts';
import { dialLink, nameOf } from '../../leads/public.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { useMinute } from '../../ui/times.ts';
import type { Claimed } from '../api/get-calls.ts';
import { localTimeWords, timerWords, whyWords } from '../words.ts';
import classes from './call.module.css';

interface Props {
  claimed: Claimed;
  talk: { from: number | undefined; until: number | undefined };
  onCall: () => void;
  onHangUp: () => void;
}

/** The lead to call, its number and local time, and the button to start or end the call. */
export function CallHead({ claimed, talk, onCall, onHangUp }: Props) {
  const { lead, zone, why, may_call } = claimed;
  const now = useMinute();
  const place = [lead.city, lead.country].filter(Boolean).join(', ');
  return (
    <header className={classes.head}>
      <div className={classes.person}>
        <h2 className={classes.name}>{nameOf(lead)}</h2>
        <p className="note tabular">
          {[lead.company_name, place].filter(Boolean).map((fact) => (
            <span key={fact}>{fact} · </span>
          ))}
          <span data-late={!may_call || undefined} className={classes.local}>
            {may_call ? '' : 'outside calling hours, '}local time {localTimeWords(zone, now)}
          </span>
        </p>
        <p className="note tabular">{whyWords(why, now)}</p>
      </div>
      <CallButton claimed={claimed} talk={talk} onCall={onCall} onHangUp={onHangUp} />
    </header>
  );
}

function CallButton({ claimed, talk, onCall, onHangUp }: Props) {
  const { lead } = claimed;
  const { phone, phone_display } = claimed.call;
  const link = useRef<HTMLAnchorElement>(null);
  const seconds = useSeconds(talk.from, talk.until);
  const isClaimed = talk.from === undefined;
  const speaks = !isClaimed && talk.until === undefined;
  useShortcuts({ Enter: { label: 'Call', run: () => link.current?.click() } }, isClaimed);
  useShortcuts({ Enter: { label: 'End call', run: onHangUp } }, speaks);
  if (isClaimed)
    return (
      <div className={classes.caller}>
        <Button
          ref={link}
          component="a"
          href={dialLink(phone, phone === lead.phone ? lead.phone_extension : null)}
          variant="filled"
          className={classes.call}
          onClick={onCall}
          leftSection={<IconPhone size={18} aria-hidden />}
        >
          {phone_display}
        </Button>
        <span className={classes.hint}>
          Call <Kbd keys="Enter" />
        </span>
      </div>
    );
  return (
    <div className={classes.caller}>
      <Button
        className={classes.call}
        disabled={!speaks}
        onClick={onHangUp}
        leftSection={<IconPhoneOff size={18} aria-hidden />}
      >
        <span role="timer" className={classes.timer}>
          {timerWords(seconds)}
        </span>
      </Button>
      <span className={classes.hint}>
        {speaks ? 'End call ' : 'Wrap-up: choose an outcome'}
        {speaks && <Kbd keys="Enter" />}
      </span>
    </div>
  );
}

/** The seconds since a moment, counting up unless `until` is given. */
function useSeconds(since: number | undefined, until?: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (since === undefined || until !== undefined) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [since, until]);
  return since === undefined ? 0 : Math.max(0, Math.round(((until ?? now) - since) / 1000));
}
