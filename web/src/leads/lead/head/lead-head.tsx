import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { toast } from '../../../ui/feedback/toast.tsx';
import { Initials } from '../../../ui/initials.tsx';
import type { Lead } from '../../api/get-lead.ts';
import { nameOf } from '../../lead-name.ts';
import type { ListPosition } from '../list-position.ts';
import classes from './lead-head.module.css';
import { LeadMenu } from './lead-menu.tsx';

interface Props extends ListPosition {
  lead: Lead;
  /** `Saving…`, `Saved`, or empty. */
  state: string;
  /** The page's main heading, or a heading within the drawer. */
  heading: 'h1' | 'h2';
  onGone: () => void;
  /** True on the lead's own page. */
  isPage?: boolean;
}

/** The head of a lead: name, position in the list, and the menu. */
export function LeadHead({
  lead,
  state,
  heading: Heading,
  onPrevious,
  onNext,
  position,
  onGone,
  isPage = false,
}: Props) {
  const name = nameOf(lead);
  const company = lead.company_name !== name ? lead.company_name : null;
  const copy = () =>
    navigator.clipboard.writeText(lead.id).then(
      () => toast.done('ID copied'),
      () => toast.error('Could not copy the ID.'),
    );
  return (
    <div className={classes.head}>
      <Initials name={name} size={40} />
      <div className={classes.words}>
        <Heading className={classes.name}>{name}</Heading>
        <p className="note">
          {company && <span>{company} · </span>}
          <button type="button" className={classes.id} onClick={() => void copy()} title="Copy the ID">
            {`${lead.id.slice(0, 11)}…`}
          </button>
          <span role="status" className={classes.state}>
            {state}
          </span>
        </p>
      </div>
      <div className={classes.tools} data-screen-only>
        {position && <span className={classes.position}>{position}</span>}
        {(onPrevious || onNext) && (
          <>
            <ActionIcon
              onClick={onPrevious}
              disabled={!onPrevious}
              aria-label="Previous lead"
              title="Previous lead (K)"
            >
              <IconChevronUp size={18} />
            </ActionIcon>
            <ActionIcon onClick={onNext} disabled={!onNext} aria-label="Next lead" title="Next lead (J)">
              <IconChevronDown size={18} />
            </ActionIcon>
          </>
        )}
        <LeadMenu lead={lead} isPage={isPage} onGone={onGone} />
      </div>
    </div>
  );
}
