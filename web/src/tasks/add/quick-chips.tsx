import { IconCalendar, IconUser } from '@tabler/icons-react';
import type { QuickTask } from '../api/get-tasks.ts';
import { Due } from '../cells/due.tsx';
import { Category } from '../cells/task-cells.tsx';
import classes from './quick-add.module.css';

interface Props {
  quick: QuickTask;
  /** The chosen lead; null for none. */
  lead: string | null | undefined;
  /** True if the lead cannot be changed here. */
  fixed: boolean;
  onLead: (lead: string | null) => void;
}

/** The parsed parts of the typed line. */
export function QuickChips({ quick, lead, fixed, onLead }: Props) {
  const { name, category, due_at, leads } = quick;
  return (
    <div className={classes.chips}>
      <span role="status" className={classes.read}>
        <span className={classes.chip}>
          <Category of={category} />
        </span>
        <span className={classes.name}>{name || 'What needs to be done?'}</span>
        <span className={classes.chip}>
          <IconCalendar size={14} aria-hidden />
          <Due at={due_at} />
        </span>
      </span>
      {!fixed &&
        leads.map((one) => (
          <button
            key={one.id}
            type="button"
            className={classes.lead}
            aria-pressed={one.id === lead}
            onClick={() => onLead(one.id === lead ? null : one.id)}
            title={[one.company, one.phone].filter(Boolean).join(' · ')}
          >
            <IconUser size={14} aria-hidden />
            <span className="clip">{one.name}</span>
            {leads.length > 1 && <span className={classes.more}>{one.company ?? one.phone}</span>}
          </button>
        ))}
    </div>
  );
}
