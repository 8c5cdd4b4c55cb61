import { IconAlertTriangle, IconPhoneOff } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { useMe } from '../../../app/session.ts';
import { Initials } from '../../../ui/initials.tsx';
import { Pill, type Tone } from '../../../ui/pill.tsx';
import { absolute, relative } from '../../../ui/times.ts';
import type { Lead } from '../../api/get-lead.ts';
import { dialling } from '../../dialling/dial.ts';
import { nextStepWords, urgencyOf } from '../../lead/next-step-words.ts';
import { TagPills } from '../../lead/tags/tag-pills.tsx';
import { callLink, whyNotCalled } from '../../phone.ts';
import classes from './cells.module.css';
import { firstReply } from './first-reply.ts';

/** The cells that can be changed in the list, through one menu that all rows share. */
export type EditableCell = 'status' | 'owner' | 'next' | 'tags';

/** Opens the menu of a cell; undefined for people who may not change leads. */
export type AskEdit = ((lead: Lead, cell: EditableCell, anchor: HTMLElement) => void) | undefined;

interface ButtonProps {
  lead: Lead;
  cell: EditableCell;
  label: string;
  onAsk: AskEdit;
  children: React.ReactNode;
}

function CellButton({ lead, cell, label, onAsk, children }: ButtonProps) {
  if (!onAsk) return children;
  const ask = (event: MouseEvent<HTMLButtonElement>) => onAsk(lead, cell, event.currentTarget);
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.button}
      data-cell={cell}
      aria-haspopup="menu"
      title={label}
      onClick={ask}
    >
      {children}
    </button>
  );
}

/** The status; a click opens the menu that changes it. */
export function StatusCell({ lead, tone, onAsk }: { lead: Lead; tone: Tone; onAsk: AskEdit }) {
  return (
    <CellButton lead={lead} cell="status" label="Change the status" onAsk={onAsk}>
      <Pill tone={tone}>{lead.status}</Pill>
    </CellButton>
  );
}

/** The owner; a click opens the menu that changes it. */
export function OwnerCell({ lead, onAsk }: { lead: Lead; onAsk: AskEdit }) {
  const { owner } = lead;
  return (
    <CellButton lead={lead} cell="owner" label="Change the owner" onAsk={onAsk}>
      {owner ? (
        <>
          <Initials name={owner} />
          <span className="clip">{owner}</span>
        </>
      ) : (
        <span className={classes.quiet}>Unassigned</span>
      )}
    </CellButton>
  );
}

/** The tags; a click opens the menu that changes them. */
export function TagsCell({ lead, onAsk }: { lead: Lead; onAsk: AskEdit }) {
  return (
    <CellButton lead={lead} cell="tags" label={lead.tags.length > 0 ? lead.tags.join(', ') : 'Add tags'} onAsk={onAsk}>
      {lead.tags.length > 0 ? <TagPills {...lead} most={2} /> : <span className={classes.quiet}>—</span>}
    </CellButton>
  );
}

/** The next step; a click opens the menu to plan one. */
export function NextStepCell({ lead, now, onAsk }: { lead: Lead; now: number; onAsk: AskEdit }) {
  const at = new Date(now);
  const isOpen = lead.lifecycle_state === 'new' || lead.lifecycle_state === 'open';
  const zone = useMe().workspace.time_zone;
  const urgency = urgencyOf(lead, at);
  const isMissing = urgency === 'none';
  const said = isMissing && !isOpen ? '—' : nextStepWords(lead, zone, at);
  return (
    <CellButton lead={lead} cell="next" label="Plan the next step" onAsk={onAsk}>
      <span
        className={`${classes.due} clip`}
        data-urgency={isMissing && !isOpen ? undefined : urgency}
        title={lead.next_step_at ? absolute(lead.next_step_at) : undefined}
      >
        {(urgency === 'overdue' || (isMissing && isOpen)) && (
          <IconAlertTriangle size={12} aria-hidden style={{ verticalAlign: '-1px', marginInlineEnd: 4 }} />
        )}
        {urgency === 'overdue' && <span className="unseen">Overdue: </span>}
        {said}
      </span>
    </CellButton>
  );
}

/** The time to the first reply, or how long the lead has been waiting for one. */
export function ReplyCell({ lead, now }: { lead: Lead; now: number }) {
  const { words, state } = firstReply(lead, now);
  return (
    <span className={`${classes.reply} tabular`} data-state={state}>
      {words}
    </span>
  );
}

/** The number as a link that calls it; text that is not a phone number is marked. */
export function PhoneCell({ lead }: { lead: Lead }) {
  if (!lead.phone) return null;
  const link = callLink(lead);
  if (link)
    return (
      <a
        href={link}
        onClick={dialling(lead.id, link)}
        tabIndex={-1}
        title={lead.phone_display ?? undefined}
        className="quiet-link tabular clip"
      >
        {lead.phone_display}
      </a>
    );
  return (
    <span className={`${lead.phone_problem ? classes.problem : ''} tabular clip`} title={whyNotCalled(lead)}>
      {lead.phone_problem && <IconPhoneOff size={14} aria-label="Not a phone number" />} {lead.phone_display}
    </span>
  );
}

/** The age of the lead. */
export function AgeCell({ lead, now }: { lead: Lead; now: number }) {
  return (
    <time dateTime={lead.created_at} title={absolute(lead.created_at)} className={`${classes.quiet} tabular`}>
      {relative(Date.parse(lead.created_at), now)}
    </time>
  );
}

/** Text with the search term highlighted. */
export function Marked({ text, sought }: { text: string; sought: string | undefined }) {
  const at = sought ? text.toLowerCase().indexOf(sought.toLowerCase()) : -1;
  if (!sought || at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className={classes.mark}>{text.slice(at, at + sought.length)}</mark>
      {text.slice(at + sought.length)}
    </>
  );
}

/** A checkbox that selects the row, or with Shift a range of rows. */
export function SelectCell({
  label,
  checked,
  onToggle,
}: {
  label: string;
  checked: boolean;
  onToggle: (range: boolean) => void;
}) {
  return (
    <label className={classes.checkBox}>
      <input
        type="checkbox"
        tabIndex={-1}
        className={classes.check}
        aria-label={label}
        checked={checked}
        onChange={() => {}}
        onClick={(event) => onToggle(event.shiftKey)}
      />
    </label>
  );
}
