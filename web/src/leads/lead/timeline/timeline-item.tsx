import { VisuallyHidden } from '@mantine/core';
import {
  IconArrowRight,
  IconBolt,
  IconChecklist,
  IconCoin,
  IconFileCode,
  IconNote,
  IconPencil,
  IconPhone,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay, useMe } from '../../../app/session.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import type { TimelineLine } from '../../api/get-timeline.ts';
import { dueWords, talkWords } from '../when.ts';
import { NoteLine } from './note-line.tsx';
import classes from './timeline.module.css';

/** The icon of each kind of entry; if the API adds a kind, this does not compile without an icon for it. */
const icons: { readonly [K in TimelineLine['kind']]: typeof IconNote } = {
  request: IconFileCode,
  note: IconNote,
  note_added: IconNote,
  note_deleted: IconNote,
  call_planned: IconPhone,
  call_claimed: IconPhone,
  call_released: IconPhone,
  call_skipped: IconPhone,
  call_ended: IconPhone,
  call_undone: IconPhone,
  called_outside_hours: IconPhone,
  call_cancelled: IconPhone,
  call_logged: IconPhone,
  task_added: IconChecklist,
  task_done: IconChecklist,
  task_reopened: IconChecklist,
  task_deleted: IconChecklist,
  deal_added: IconCoin,
  deal_changed: IconCoin,
  deal_deleted: IconCoin,
  status_changed: IconArrowRight,
  lead_updated: IconPencil,
  lead_created: IconBolt,
  lead_restored: IconBolt,
  lead_merged: IconBolt,
  lead_attached: IconBolt,
  do_not_call: IconBolt,
  do_not_call_lifted: IconBolt,
  twin_dismissed: IconBolt,
  email_sent: IconBolt,
};

/** An entry of the timeline: what happened, why, by whom and when. */
export function TimelineItem({ line, open }: { line: TimelineLine; open: boolean }) {
  // A tab that is older than the server may get a kind that it does not know.
  const Icon = icons[line.kind] ?? IconBolt;
  const zone = useMe().workspace.time_zone;
  const extra = [
    line.talk_seconds !== null && talkWords(line.talk_seconds),
    line.due_at && dueWords(line.due_at, zone),
  ].filter(Boolean);
  return (
    <li id={`line-${line.id}`} className={classes.line}>
      <span className={classes.icon} aria-hidden>
        <Icon size={14} />
      </span>
      <div className={classes.body}>
        <div className={classes.head}>
          <span className={line.origin === 'request' ? classes.mono : classes.title}>
            {[titleOf(line), ...extra].join(' · ')}
          </span>
          <a href={`#line-${line.id}`} className={classes.when}>
            <RelativeTime at={line.at} />
            <VisuallyHidden>{`: link to “${titleOf(line)}”`}</VisuallyHidden>
          </a>
        </div>
        {line.origin === 'note' ? <NoteLine line={line} /> : line.text && <p className={classes.text}>{line.text}</p>}
        {line.reason && <p className={classes.text}>{line.reason}</p>}
        {line.changes.length > 0 && <Changes line={line} open={open} />}
        {line.request && <Request line={line} />}
        <p className={classes.actor}>
          {line.request?.token
            ? `Token “${line.request.token}”${line.request.token_hint ? ` (${line.request.token_hint}…)` : ''}`
            : line.actor}
          {line.edited_at && ' · edited'}
        </p>
      </div>
    </li>
  );
}

function titleOf({ title, request }: TimelineLine): string {
  return request ? `${title} · ${request.status_code} · ${Math.round(request.duration_ms)} ms` : title;
}

/** The changed fields, collapsed at first. A single change is left out, since the title already says it. */
function Changes({ line: { changes }, open }: { line: TimelineLine; open: boolean }) {
  const [shown, setShown] = useState(open);
  if (changes.length === 1 && !open) return null;
  return (
    <>
      {!open && (
        <button type="button" className={classes.fold} aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? 'Hide changes' : `Show ${changes.length} changes`}
        </button>
      )}
      {shown && (
        <dl className={classes.changes}>
          {changes.map(({ field, label, from, to }) => (
            <div key={field}>
              <dt>{label}</dt>
              <dd>
                <del>{from ?? '—'}</del> <IconArrowRight size={12} aria-label="to" /> <ins>{to ?? '—'}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function Request({ line: { request, submission_id } }: { line: TimelineLine }) {
  const mayRead = useMay('read journal');
  if (!request || !mayRead) return null;
  return (
    <>
      {request.body && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <pre className={classes.raw} tabIndex={0}>
          {request.body}
        </pre>
      )}
      {submission_id && (
        <Link to="/intake" search={{ open: submission_id } as never} className={classes.link}>
          Open in intake
        </Link>
      )}
    </>
  );
}
