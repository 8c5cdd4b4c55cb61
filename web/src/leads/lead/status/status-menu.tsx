import { Menu, Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Problem } from '../../../api/problem.ts';
import { toast } from '../../../ui/feedback/toast.tsx';
import { Pill, toneOf } from '../../../ui/pill.tsx';
import type { Lead, LeadPatch } from '../../api/get-lead.ts';
import { type Status, useStatuses } from '../../api/get-reference-data.ts';
import { nameOf } from '../../lead-name.ts';
import { MoveQuestion, type Question, questionAfter, useFirstQuestion } from './move-question.tsx';
import { chooseByNumber, StatusChoices } from './status-choices.tsx';
import classes from './status-menu.module.css';

interface Props {
  lead: Lead;
  /** Shows the status without the menu. */
  readOnly?: boolean;
  opened: boolean;
  onOpened: (opened: boolean) => void;
  /** Moves the lead with the answers; returns the problem if the server refused. */
  onMove: (status: Status, answers: LeadPatch) => Promise<Problem | undefined>;
}

/** The status as a pill with a menu to change it. Questions are asked before any request is sent. */
export function StatusMenu({ lead, readOnly = false, opened, onOpened, onMove }: Props) {
  const statuses = useStatuses();
  const firstQuestion = useFirstQuestion();
  const [asking, setAsking] = useState<{ status: Status; first: Question }>();
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setAsking(undefined);
    button.current?.focus();
  };
  const current = statuses.find(({ id }) => id === lead.status_id);
  const pill = <Pill tone={toneOf(current?.colour)}>{current?.name ?? '…'}</Pill>;
  if (readOnly) return pill;

  const choose = async (status: Status) => {
    if (status.id === lead.status_id) return;
    const mover = { id: lead.id, amount: lead.target_amount, state: current?.state };
    const asked = await firstQuestion(mover, status);
    if (asked) return setAsking({ status, first: asked });
    const problem = await onMove(status, {});
    const first = questionAfter(problem);
    if (first) setAsking({ status, first });
    else if (problem) toast.error(problem, 'Could not change the status.');
  };

  return (
    <Popover
      opened={asking !== undefined}
      onChange={close}
      position="bottom-end"
      trapFocus
      withRoles={false}
      closeOnEscape={false}
    >
      <Popover.Target>
        <span className={classes.anchor}>
          <Menu opened={opened} onChange={onOpened} position="bottom-end" returnFocus>
            <Menu.Target>
              <button
                ref={button}
                type="button"
                className={classes.button}
                aria-label={`Status: ${current?.name ?? ''}. Change`}
              >
                {pill}
                <IconChevronDown size={14} aria-hidden />
              </button>
            </Menu.Target>
            <Menu.Dropdown aria-label="Status" onKeyDown={chooseByNumber}>
              <StatusChoices current={lead.status_id} onChoose={(status) => void choose(status)} />
            </Menu.Dropdown>
          </Menu>
        </span>
      </Popover.Target>
      <Popover.Dropdown>
        {asking && (
          <MoveQuestion
            name={nameOf(lead)}
            {...asking}
            onMove={(answers) => onMove(asking.status, answers)}
            onClose={close}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
