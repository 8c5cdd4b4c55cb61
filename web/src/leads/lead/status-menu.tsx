import { Menu, Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { asProblem, type Problem } from '../../api/problem.ts';
import { Pill, toneOf } from '../../ui/pill.tsx';
import { type Status, useStatuses } from '../book.ts';
import { LostReason } from './lost-reason.tsx';
import classes from './status-menu.module.css';

interface Props {
  /** Of whom it is the status. */
  name: string;
  statusId: string;
  /** Shown when nothing can be changed. */
  readOnly?: boolean;
  opened: boolean;
  onOpened: (opened: boolean) => void;
  /** Moves the lead; what it answers is what the server said against it. */
  onMove: (status: Status, lostReasonId?: string) => Promise<Problem | undefined>;
}

/** The status as a pill, and the choice of another. One that means lost asks why before anything is sent. */
export function StatusMenu({ name, statusId, readOnly = false, opened, onOpened, onMove }: Props) {
  const statuses = useStatuses();
  const [losing, setLosing] = useState<Status>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setLosing(undefined);
    button.current?.focus();
  };
  const current = statuses.find(({ id }) => id === statusId);
  const pill = <Pill tone={toneOf(current?.colour)}>{current?.name ?? '…'}</Pill>;
  if (readOnly) return pill;

  const choose = (status: Status) => {
    if (status.id === statusId) return;
    setError(undefined);
    if (status.state === 'lost' && current?.state !== 'lost') setLosing(status);
    else void onMove(status);
  };
  const lose = async (reasonId: string) => {
    if (!losing) return;
    setBusy(true);
    const problem = await onMove(losing, reasonId).catch(asProblem);
    setBusy(false);
    setError(problem?.message);
    if (!problem) close();
  };

  return (
    <Popover opened={losing !== undefined} onChange={close} position="bottom-end" trapFocus withRoles={false}>
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
            <Menu.Dropdown aria-label="Status">
              {statuses.map((status) => (
                <Menu.Item
                  key={status.id}
                  onClick={() => choose(status)}
                  {...(status.id === statusId && { 'aria-current': true, className: classes.current })}
                >
                  <Pill tone={toneOf(status.colour)}>{status.name}</Pill>
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </span>
      </Popover.Target>
      <Popover.Dropdown>
        {losing && (
          <LostReason
            name={name}
            status={losing.name}
            busy={busy}
            error={error}
            onConfirm={(reason) => void lose(reason)}
            onCancel={close}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
