import { IconClock } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Shape } from '../../api/client.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { useMinute } from '../../ui/times.ts';
import { bothTimes, presetsFor, readThere, writeThere } from '../zone-times.ts';
import classes from './ending.module.css';
import type { Ending } from './use-ending.ts';

/** Chooses when to call back: a key for each common time, in the lead's time zone, shown in both time zones. */
export function CallbackPicker({ ending, zone }: { ending: Ending; zone: Shape<'CalleeZone'> }) {
  const now = useMinute();
  const { callbackAt, setCallbackAt } = ending;
  const [picks, setPicks] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const presets = presetsFor(now, zone.time_zone);
  const take = (label: string, at: number) => {
    setPicks(false);
    setChosen(label);
    setCallbackAt(at);
  };
  const pick = () => {
    setPicks(true);
    setChosen('Pick…');
    setCallbackAt(callbackAt ?? now + 3_600_000);
  };
  const choices = [
    ...presets.map(({ label, key, at }) => ({ label, key, run: () => take(label, at) })),
    { label: 'Pick…', key: 't', run: pick },
  ];
  useShortcuts(Object.fromEntries(choices.map(({ label, key, run }) => [key, { label: `Call back: ${label}`, run }])));
  return (
    <div className={classes.callback}>
      <div role="group" aria-label="When to call back" className="flow">
        <IconClock size={15} aria-hidden />
        <span>Call back</span>
        {choices.map(({ label, key, run }) => (
          <button key={label} type="button" className={classes.preset} aria-pressed={chosen === label} onClick={run}>
            {label}
            <span aria-hidden>
              <Kbd keys={key} />
            </span>
          </button>
        ))}
      </div>
      {picks && <Pick at={callbackAt} timeZone={zone.time_zone} onPick={setCallbackAt} />}
      <p role="status" className={classes.both}>
        {callbackAt !== undefined && `= ${bothTimes(callbackAt, zone.time_zone)}`}
        {callbackAt !== undefined && zone.approximate && ', approximate: their country has several time zones'}
      </p>
    </div>
  );
}

interface PickProps {
  at: number | undefined;
  timeZone: string;
  onPick: (at: number | undefined) => void;
}

function Pick({ at, timeZone, onPick }: PickProps) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(() => (at === undefined ? '' : writeThere(at, timeZone)));
  useEffect(() => field.current?.focus(), []);
  return (
    <label className={classes.pick}>
      Date and time in the lead’s time zone
      <input
        ref={field}
        type="datetime-local"
        className={classes.when}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          onPick(readThere(event.currentTarget.value, timeZone));
        }}
      />
    </label>
  );
}
