import { IconChecklist, IconNote, IconPhone } from '@tabler/icons-react';
import type { Lead } from '../../api/get-lead.ts';
import { dialling } from '../../dialling/dial.ts';
import { nameOf } from '../../lead-name.ts';
import { callLink } from '../../phone.ts';
import type { AskEdit } from './cells.tsx';
import classes from './row-actions.module.css';

interface Props {
  lead: Lead;
  /** Undefined for people who may not change leads. */
  onAsk: AskEdit;
  onNote: (lead: Lead) => void;
}

/** The most common actions, at the right edge of the hovered row. The keys T and N do the same. */
export function RowActions({ lead, onAsk, onNote }: Props) {
  const name = nameOf(lead);
  const link = callLink(lead);
  return (
    <span className={classes.actions}>
      {link && (
        <a
          href={link}
          onClick={dialling(lead.id, link)}
          tabIndex={-1}
          className={classes.action}
          aria-label={`Call ${name}`}
          title={`Call ${lead.phone_display ?? lead.phone}`}
        >
          <IconPhone size={16} aria-hidden />
        </a>
      )}
      {onAsk && (
        <button
          type="button"
          tabIndex={-1}
          className={classes.action}
          aria-label={`Plan a task for ${name}`}
          title="Task (T)"
          onClick={({ currentTarget }) => onAsk(lead, 'next', currentTarget)}
        >
          <IconChecklist size={16} aria-hidden />
        </button>
      )}
      {onAsk && (
        <button
          type="button"
          tabIndex={-1}
          className={classes.action}
          aria-label={`Write a note on ${name}`}
          title="Note (N)"
          onClick={({ currentTarget }) => {
            currentTarget.closest<HTMLElement>('[role="row"]')?.focus({ preventScroll: true });
            onNote(lead);
          }}
        >
          <IconNote size={16} aria-hidden />
        </button>
      )}
    </span>
  );
}
