import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { Insert } from '../../../ui/table/lines.ts';
import classes from './groups.module.css';
import type { LeadGroup } from './use-groups.ts';

/** The lines around the rows of each group: its heading, a loading note, or a button to show more. */
export function groupLines(
  groups: readonly LeadGroup[],
  { toggle, more }: { toggle: (id: string | null) => void; more: (id: string | null) => void },
): Insert[] {
  let before = 0;
  return groups.flatMap((group) => {
    const heading = { key: `group ${group.id}`, before, content: <Heading group={group} onToggle={toggle} /> };
    before += group.rows.length;
    if (group.isLoading)
      return [heading, { key: `loading ${group.id}`, before, content: <span className={classes.rest}>Loading…</span> }];
    if (!group.hasMore) return [heading];
    return [heading, { key: `more ${group.id}`, before, content: <More group={group} onMore={more} /> }];
  });
}

function More({ group: { id, name }, onMore }: { group: LeadGroup; onMore: (id: string | null) => void }) {
  return (
    <button type="button" className={classes.rest} onClick={() => onMore(id)}>
      {`Show more of ${name}`}
    </button>
  );
}

function Heading({ group, onToggle }: { group: LeadGroup; onToggle: (id: string | null) => void }) {
  const { id, name, count, isOpen } = group;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <button type="button" className={classes.heading} aria-expanded={isOpen} onClick={() => onToggle(id)}>
      <Chevron size={14} aria-hidden />
      <span className="clip">{name}</span>
      <span className={classes.count}>{count}</span>
    </button>
  );
}
