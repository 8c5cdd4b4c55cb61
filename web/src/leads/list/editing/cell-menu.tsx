import { Menu, Popover } from '@mantine/core';
import { useState } from 'react';
import { toast } from '../../../ui/feedback/toast.tsx';
import type { Status } from '../../api/get-reference-data.ts';
import classes from '../../lead/status/choice-menus.module.css';
import { MoveQuestion, type Question, questionAfter, useFirstQuestion } from '../../lead/status/move-question.tsx';
import { chooseByNumber, StatusChoices } from '../../lead/status/status-choices.tsx';
import { TagChoices } from '../../lead/tags/tag-choices.tsx';
import tagClasses from '../../lead/tags/tags.module.css';
import { useTagChange } from '../../lead/tags/use-tag-change.ts';
import { nameOf } from '../../lead-name.ts';
import { useColumnLabel } from '../display/use-display.ts';
import { OwnerChoices, PlanChoices } from './choice-menus.tsx';
import type { CellEdit } from './use-cell-edit.ts';
import type { LeadEdits } from './use-lead-edits.ts';

interface Props {
  edit: CellEdit;
  edits: LeadEdits;
  onClose: () => void;
}

/** The menu that all rows share, shown at the cell being changed. Questions about a status come before the change. */
export function CellMenu({ edit, edits, onClose }: Props) {
  const { lead, cell, place, back } = edit;
  const [asking, setAsking] = useState<{ status: Status; first: Question }>();
  const [isSent, setSent] = useState(false);
  const firstQuestion = useFirstQuestion();
  const changeTag = useTagChange();
  const label = useColumnLabel()(cell);
  const giveFocusBack = () => back.isConnected && back.focus({ preventScroll: true });
  const close = () => {
    onClose();
    giveFocusBack();
  };
  const choose = async (status: Status) => {
    if (status.id === lead.status_id) return close();
    setSent(true);
    giveFocusBack();
    const mover = { id: lead.id, amount: lead.target_amount, state: lead.lifecycle_state };
    const asked = await firstQuestion(mover, status);
    const problem = asked ? undefined : await edits.setStatus(lead, status, {});
    const first = asked ?? questionAfter(problem);
    if (first) return setAsking({ status, first });
    if (problem) toast.error(problem, `Could not change ${nameOf(lead)}.`);
    onClose();
  };
  const then = (run: () => void) => {
    close();
    run();
  };
  // Only a button may have the ARIA attributes of an open menu.
  const anchor = <button type="button" tabIndex={-1} className={classes.anchor} style={place} aria-label={label} />;
  if (asking)
    return (
      <Popover opened onChange={close} position="bottom-start" trapFocus withRoles={false} closeOnEscape={false}>
        <Popover.Target>{anchor}</Popover.Target>
        <Popover.Dropdown>
          <MoveQuestion
            name={nameOf(lead)}
            {...asking}
            onMove={(answers) => edits.setStatus(lead, asking.status, answers)}
            onClose={close}
          />
        </Popover.Dropdown>
      </Popover>
    );
  if (cell === 'tags')
    return (
      <Popover opened onChange={close} position="bottom-start" trapFocus>
        <Popover.Target>{anchor}</Popover.Target>
        <Popover.Dropdown aria-label={`${label} of ${nameOf(lead)}`} className={tagClasses.dropdown}>
          <TagChoices chosen={lead.tag_ids} onToggle={(tag, on) => void changeTag(lead, tag, on)} />
        </Popover.Dropdown>
      </Popover>
    );
  if (isSent) return null;
  return (
    <Menu opened onClose={close} closeOnItemClick={false} position="bottom-start" returnFocus={false} trapFocus>
      <Menu.Target>{anchor}</Menu.Target>
      <Menu.Dropdown aria-label={`${label} of ${nameOf(lead)}`} onKeyDown={chooseByNumber}>
        {cell === 'status' && <StatusChoices current={lead.status_id} onChoose={(status) => void choose(status)} />}
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
