import { Button } from '@mantine/core';
import type { Shape } from '../../api/client.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { dayTime, useMinute } from '../../ui/times.ts';
import type { Desk } from './use-desk.ts';

/** Shown while the agent has no call from the queue: a button to start or resume, or a note to wait. */
export function Waiting({ desk, queue }: { desk: Desk; queue: Shape<'CallQueue'> | undefined }) {
  const now = useMinute();
  const callback = queue?.next_callback;
  const next = callback ? `Next callback ${dayTime(Date.parse(callback.at), now)} (${callback.name}).` : undefined;
  if (desk.state === 'ready')
    return (
      <EmptyState
        title={queue && queue.in_queue > 0 ? 'Fetching the next call…' : 'The queue is empty'}
        text={<>{next ?? 'No callbacks are planned.'} The next call appears here automatically.</>}
      />
    );
  return <Start desk={desk} text={`${queue ? waitWords(queue.in_queue) : ''} ${next ?? ''}`} />;
}

/** Starts or resumes calling. */
export function Start({ desk, text }: { desk: Desk; text: string }) {
  const paused = desk.state === 'paused';
  const begin = () => void desk.say('ready');
  useShortcuts({ Enter: { label: paused ? 'Resume calling' : 'Start calling', run: begin } });
  return (
    <EmptyState
      title={paused ? `You are paused${desk.reason ? `: ${desk.reason}` : ''}` : 'You are offline'}
      text={text}
    >
      <Button variant="filled" disabled={desk.busy} onClick={begin} rightSection={<Kbd keys="Enter" />}>
        {paused ? 'Resume' : 'Start calling'}
      </Button>
    </EmptyState>
  );
}

function waitWords(count: number): string {
  if (count === 0) return 'No calls are waiting.';
  return count === 1 ? '1 call is waiting.' : `${count.toLocaleString()} calls are waiting.`;
}
