import { useState } from 'react';
import { ErrorBar } from '../../ui/feedback/error-bar.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import type { Claimed } from '../api/get-calls.ts';
import { useEvents } from '../api/get-calls.ts';
import type { Desk } from '../desk/use-desk.ts';
import { OutcomePanel } from '../ending/outcome-panel.tsx';
import { SaveButton } from '../ending/save-button.tsx';
import { SkipButton } from '../ending/skip-button.tsx';
import { useEnding } from '../ending/use-ending.ts';
import { useNote } from '../ending/use-note.ts';
import classes from './call.module.css';
import { CallHead } from './call-head.tsx';
import { NoteBox } from './note-box.tsx';
import { ScriptCard } from './script-card.tsx';

/** The current call: lead, script, note and outcome. */
export function CallWork({ desk, claimed }: { desk: Desk; claimed: Claimed }) {
  const note = useNote(claimed.call.id);
  const [talk, setTalk] = useState<{ from?: number; until?: number }>({});
  const from = talk.from ?? (claimed.call.started_at ? Date.parse(claimed.call.started_at) : undefined);
  const ending = useEnding({ desk, claimed, note, talk: { from, until: talk.until } });
  const begin = () => {
    setTalk({ from: Date.now() });
    void desk.start();
  };
  const hangUp = () => {
    setTalk({ ...(from !== undefined && { from }), until: Date.now() });
    void desk.say('wrap_up');
  };
  return (
    <div className={classes.sheet}>
      <CallHead
        claimed={claimed}
        talk={{ from, until: talk.until ?? (desk.state === 'wrap_up' ? Date.now() : undefined) }}
        onCall={begin}
        onHangUp={hangUp}
      />
      <ScriptCard claimed={claimed} onOutcome={ending.chooseByName} />
      <NoteBox note={note} />
      <OutcomePanel ending={ending} zone={claimed.zone} enabled={from !== undefined} />
      {ending.saving.problem && <ErrorBar problem={ending.saving.problem} kept="Your text is kept." />}
      {ending.saving.retrying && (
        <p role="status" className={classes.retrying}>
          Not saved, retrying… Your text is kept.
        </p>
      )}
      <div className={classes.footer}>
        <SkipButton desk={desk} disabled={from !== undefined} />
        <SaveButton ending={ending} disabled={desk.busy} />
      </div>
      <EarlierCalls leadId={claimed.lead.id} />
    </div>
  );
}

/** Earlier calls with this lead. */
function EarlierCalls({ leadId }: { leadId: string }) {
  const { data } = useEvents(leadId, 'calls');
  const calls = data?.filter(({ kind }) => kind === 'call_ended' || kind === 'call_logged' || kind === 'call_skipped');
  if (!calls || calls.length === 0) return null;
  return (
    <section className={classes.earlier} aria-label="Earlier calls">
      <h3 className={classes.heading}>Earlier calls</h3>
      <ul className="plain-list">
        {calls.map(({ id, title, text, at }) => (
          <li key={id} className={classes.past}>
            <span>{title}</span>
            {text && <span className={classes.pastText}>{text}</span>}
            <span className={classes.pastTime}>
              <RelativeTime at={at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
