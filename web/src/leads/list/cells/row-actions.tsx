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
        <Action
          words={`Plan a task for ${name}`}
          title="Task (T)"
          icon={IconChecklist}
          onClick={(button) => onAsk(lead, 'next', button)}
        />
      )}
      {onAsk && (
        <Action
          words={`Write a note on ${name}`}
          title="Note (N)"
          icon={IconNote}
          onClick={(button) => {
            button.closest<HTMLElement>('[role="row"]')?.focus({ preventScroll: true });
            onNote(lead);
          }}
        />
      )}
    </span>
  );
}

interface ActionProps {
  words: string;
  title: string;
  icon: typeof IconNote;
  onClick: (button: HTMLElement) => void;
}

function Action({ words, title, icon: Icon, onClick }: ActionProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.action}
      aria-label={words}
      title={title}
      onClick={({ currentTarget }) => onClick(currentTarget)}
    >
      <Icon size={16} aria-hidden />
    </button>
  );
}
