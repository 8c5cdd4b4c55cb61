import { ActionIcon, Button, Menu, Popover } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { Shape } from '../../../api/client.ts';
import { useMay } from '../../../app/session.ts';
import { useShortcuts } from '../../../app/shortcuts.ts';
import { ConfirmDanger } from '../../../ui/feedback/confirm-danger.tsx';
import { useLayer } from '../../../ui/layers.ts';
import type { Status } from '../../api/get-reference-data.ts';
import { LostReason } from '../../lead/status/lost-reason.tsx';
import { chooseByNumber, StatusChoices } from '../../lead/status/status-choices.tsx';
import { OwnerChoices } from '../editing/choice-menus.tsx';
import classes from './bulk-bar.module.css';
import { BulkProgress } from './bulk-progress.tsx';
import { BulkTags } from './bulk-tags.tsx';
import type { BulkWork } from './use-bulk.ts';
import type { Selection } from './use-selection.ts';

type What = Pick<Shape<'LeadBulk'>, 'change' | 'plan_call' | 'delete'>;

type BulkMenu = 'status' | 'owner' | 'tags';

/** To delete more leads than this, the person must type their number. */
const MOST_WITHOUT_NUMBER = 20;

export interface BulkBarProps {
  selection: Selection;
  /** The number of leads that match the filters: `128`, `10,000+`. */
  total: string;
  /** True if more leads match than are loaded. */
  hasMore: boolean;
  bulk: BulkWork;
  isPhone: boolean;
  /** Shows the bar even without a selected lead, to say that leads can be selected. */
  selecting: boolean;
}

/** The actions on the selected leads, and the progress of an action that is running. */
export function BulkBar({ selection, total, hasMore, bulk, isPhone, selecting }: BulkBarProps) {
  const [menu, setMenu] = useState<BulkMenu>();
  const [losing, setLosing] = useState<Status>();
  const [deleting, setDeleting] = useState(false);
  const mayWork = useMay('work leads');
  const mayDelete = useMay('delete leads');
  const isOn = selection.all || selection.ids.size > 0;
  const count = selection.count === undefined ? total : selection.count.toLocaleString();
  const leads = count === '1' ? '1 lead' : `${count} leads`;
  const start = (what: What, label: string) => {
    setMenu(undefined);
    setLosing(undefined);
    void bulk.start(selection, what, label);
  };
  const set = (status: Status, reason?: string) =>
    start({ change: { status: status.id, ...(reason && { lost_reason: reason }) } }, `${leads} set to ${status.name}`);
  const opening = (which: BulkMenu) => ({
    opened: menu === which,
    onChange: (now: boolean) => setMenu(now ? which : undefined),
  });
  useShortcuts(
    {
      s: { label: 'Change the status of the selected leads', run: () => setMenu('status') },
      a: { label: 'Assign the selected leads', run: () => setMenu('owner') },
      l: { label: 'Add or remove tags on the selected leads', run: () => void setTimeout(() => setMenu('tags')) },
    },
    isOn && mayWork,
  );
  useLayer(selection.clear, isOn);
  if (!isOn && !bulk.job && !selecting) return null;
  return (
    <section className={classes.bar} aria-label="Selected leads">
      {bulk.job && <BulkProgress key={bulk.job.id} job={bulk.job} onEnd={bulk.end} onClose={bulk.close} />}
      {!isOn && selecting && <NoneYet total={total} onAll={selection.selectAll} />}
      {isOn && (
        <div className={classes.row}>
          <span className={classes.count} role="status">
            {selection.all ? `All ${leads}` : leads}
          </span>
          {!selection.all && (isPhone || (hasMore && selection.ids.size > 1)) && (
            <Button variant="subtle" onClick={selection.selectAll}>{`Select all ${total}`}</Button>
          )}
          {mayWork && (
            <>
              <ChoiceMenu {...opening('owner')} label="Assign">
                <OwnerChoices
                  onChoose={(owner) => start({ change: { owner: owner?.id ?? null } }, assignedWords(leads, owner))}
                />
              </ChoiceMenu>
              <Popover
                opened={losing !== undefined}
                onChange={() => setLosing(undefined)}
                position="top"
                trapFocus
                withRoles={false}
                closeOnEscape={false}
              >
                <Popover.Target>
                  <span>
                    <ChoiceMenu {...opening('status')} label="Status">
                      <StatusChoices
                        onChoose={(status) => (status.state === 'lost' ? setLosing(status) : set(status))}
                      />
                    </ChoiceMenu>
                  </span>
                </Popover.Target>
                <Popover.Dropdown>
                  {losing && (
                    <LostReason
                      name={leads}
                      status={losing.name}
                      onConfirm={(reason) => set(losing, reason)}
                      onCancel={() => setLosing(undefined)}
                    />
                  )}
                </Popover.Dropdown>
              </Popover>
              <BulkTags {...opening('tags')} onChoose={(change, done) => start({ change }, `${leads} ${done}`)} />
              <Button onClick={() => start({ plan_call: {} }, `${leads} added to the call queue`)}>
                Add to call queue
              </Button>
            </>
          )}
          {mayDelete && <Button onClick={() => setDeleting(true)}>Delete…</Button>}
          <ActionIcon size={30} aria-label="Clear selection" onClick={selection.clear}>
            <IconX size={16} />
          </ActionIcon>
        </div>
      )}
      {deleting && (
        <DeleteMany
          leads={leads}
          count={count}
          onClose={() => setDeleting(false)}
          onConfirm={() => start({ delete: true }, `${leads} deleted`)}
        />
      )}
    </section>
  );
}

interface MenuProps {
  label: string;
  opened: boolean;
  onChange: (opened: boolean) => void;
  children: ReactNode;
}

function ChoiceMenu({ label, opened, onChange, children }: MenuProps) {
  return (
    <Menu opened={opened} onChange={onChange} position="top" returnFocus>
      <Menu.Target>
        <Button>{label}</Button>
      </Menu.Target>
      <Menu.Dropdown onKeyDown={chooseByNumber}>{children}</Menu.Dropdown>
    </Menu>
  );
}

interface DeleteProps {
  leads: string;
  /** `12`, `3,005` or `10,000+`. */
  count: string;
  onConfirm: () => void;
  onClose: () => void;
}

function DeleteMany({ leads, count, onConfirm, onClose }: DeleteProps) {
  const isMany = Number(count.replace(/\D/g, '')) > MOST_WITHOUT_NUMBER;
  return (
    <ConfirmDanger
      opened
      title={`Delete ${leads}?`}
      action={`Delete ${leads}`}
      typed={isMany ? count : undefined}
      onClose={onClose}
      onConfirm={() => {
        onClose();
        onConfirm();
      }}
    >
      Their notes, tasks, deals, calls and timelines are deleted with them. You can restore them from the bin (Settings,
      Bin) for 30 days.
    </ConfirmDanger>
  );
}

function assignedWords(leads: string, owner: { name: string } | null): string {
  return owner ? `${leads} assigned to ${owner.name}` : `${leads} unassigned`;
}

function NoneYet({ total, onAll }: { total: string; onAll: () => void }) {
  return (
    <div className={classes.row}>
      <span className={classes.count}>Tap leads to select them</span>
      <Button onClick={onAll}>{`Select all ${total}`}</Button>
    </div>
  );
}
