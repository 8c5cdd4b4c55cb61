import { Button, Menu } from '@mantine/core';
import { IconPlayerSkipForward } from '@tabler/icons-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { toast } from '../../ui/feedback/toast.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import type { Desk } from '../desk/use-desk.ts';
import classes from './ending.module.css';

const reasons = [
  'Not the right time',
  'Number looks wrong',
  'Just spoke with them',
  'Needs a colleague',
  'Another reason',
];

/** Skips the call with a reason; the call comes back a little later. */
export function SkipButton({ desk, disabled }: { desk: Desk; disabled: boolean }) {
  const [opened, setOpened] = useState(false);
  const isOff = disabled || desk.busy;
  useShortcuts({ s: { label: 'Skip this call', run: () => setOpened(true) } }, !isOff);
  const skip = async (reason: string) => {
    const problem = await desk.finish(({ call, claim_id }) =>
      api.POST('/v1/calls/{id}/skip', { params: { path: { id: call.id } }, body: { claim_id, reason } }),
    );
    if (problem && problem.type !== '/problems/claim_lost') toast.error(problem, 'Could not skip the call.');
  };
  return (
    <Menu opened={opened} onChange={setOpened} position="top-start">
      <Menu.Target>
        <Button
          className={classes.skip}
          disabled={isOff}
          leftSection={<IconPlayerSkipForward size={16} aria-hidden />}
          rightSection={<Kbd keys="s" />}
        >
          Skip
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Why skip? The call will come back a little later.</Menu.Label>
        {reasons.map((reason) => (
          <Menu.Item key={reason} onClick={() => void skip(reason)}>
            {reason}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
