import { Menu, Popover } from '@mantine/core';
import { useState } from 'react';
import type { Status } from '../book.ts';
import type { Lead } from '../lead/lead-queries.ts';
import { LostReason } from '../lead/lost-reason.tsx';
import { nameOf } from '../lead/name-of.ts';
import type { EditableCell } from './cells.tsx';
import classes from './choice-menus.module.css';
import { chooseByNumber, OwnerChoices, PlanChoices, StatusChoices } from './choice-menus.tsx';
import type { LeadEdits } from './use-lead-edits.ts';

/** Which cell is being changed, and where it stands on the page. */
export interface CellEdit {
  lead: Lead;
  cell: EditableCell;
  place: { left: number; top: number; width: number; height: number };
  /** What gets the focus back. */
  back: HTMLElement;
}

const labels = { status: 'Status', owner: 'Owner', next: 'Next step' } as const;

interface Props {
  edit: CellEdit;
  edits: LeadEdits;
  onClose: () => void;
}

/** The one menu that all rows share, at the cell that is being changed. Becoming lost asks why first. */
export function CellMenu({ edit, edits, onClose }: Props) {
  const { lead, cell, place, back } = edit;
  const [losing, setLosing] = useState<Status>();
  const close = () => {
    onClose();
    if (back.isConnected) back.focus({ preventScroll: true });
  };
  const choose = (status: Status) => {
    if (status.state === 'lost' && lead.lifecycle_state !== 'lost') return setLosing(status);
    close();
    if (status.id !== lead.status_id) void edits.setStatus(lead, status);
  };
  const then = (run: () => void) => {
    close();
    run();
  };
  // A button, because only of one it may be said that a menu is open.
  const anchor = (
    <button type="button" tabIndex={-1} className={classes.anchor} style={place} aria-label={labels[cell]} />
  );
  if (losing)
    return (
      <Popover opened onChange={close} position="bottom-start" trapFocus withRoles={false}>
        <Popover.Target>{anchor}</Popover.Target>
        <Popover.Dropdown>
          <LostReason
            name={nameOf(lead)}
            status={losing.name}
            onConfirm={(reason) => then(() => void edits.setStatus(lead, losing, reason))}
            onCancel={close}
          />
        </Popover.Dropdown>
      </Popover>
    );
  return (
    <Menu opened onClose={close} closeOnItemClick={false} position="bottom-start" returnFocus={false} trapFocus>
      <Menu.Target>{anchor}</Menu.Target>
      <Menu.Dropdown aria-label={`${labels[cell]} of ${nameOf(lead)}`} onKeyDown={chooseByNumber}>
        {cell === 'status' && <StatusChoices current={lead.status_id} onChoose={choose} />}
        {cell === 'owner' && (
          <OwnerChoices
            current={lead.owner_id}
            onChoose={(owner) => then(() => owner?.id !== lead.owner_id && void edits.setOwner(lead, owner))}
          />
        )}
        {cell === 'next' && <PlanChoices onChoose={(what, when) => then(() => void edits.plan(lead, what, when))} />}
      </Menu.Dropdown>
    </Menu>
  );
}
