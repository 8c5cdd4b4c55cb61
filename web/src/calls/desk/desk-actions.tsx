import { Button, Menu } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { api } from '../../api/client.ts';
import type { Desk } from './use-desk.ts';

const reasons = ['Break', 'Lunch', 'Meeting', 'Training', 'Other work'];

/** Buttons for what the agent can do in the current state. */
export function DeskActions({ desk }: { desk: Desk }) {
  const { state, busy } = desk;
  if (state === 'offline') return null;
  if (state === 'paused' && !desk.current)
    return (
      <Button disabled={busy} onClick={() => void desk.say('offline')}>
        Go offline
      </Button>
    );
  return <Pause desk={desk} />;
}

/** Pauses the agent. A call that has not started goes back to the queue; one in progress must be finished first. */
function Pause({ desk }: { desk: Desk }) {
  const speaks = desk.current !== undefined && desk.state !== 'claimed';
  const leave = async (state: 'paused' | 'offline', reason?: string) => {
    if (!desk.current) return desk.say(state, reason);
    await desk.finish(async ({ call, claim_id }) => {
      await api.POST('/v1/calls/{id}/release', { params: { path: { id: call.id } }, body: { claim_id } });
      await api.PUT('/v1/agents/me', { body: { state, ...(reason && { reason }) } });
    });
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          disabled={speaks || desk.busy}
          title={speaks ? 'Save the call outcome first' : undefined}
          leftSection={<IconPlayerPause size={14} aria-hidden />}
        >
          Pause
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{desk.current ? 'The call will go back to the queue' : 'Reason'}</Menu.Label>
        {reasons.map((reason) => (
          <Menu.Item key={reason} onClick={() => void leave('paused', reason)}>
            {reason}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void leave('offline')}>Go offline</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
