import { Button, Group, Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';

/** Asks before a page is left whose changes are not saved. */
export function AskBeforeLeaving({ when }: { when: boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => when,
    enableBeforeUnload: () => when,
    withResolver: true,
  });
  return (
    <Modal opened={status === 'blocked'} onClose={() => reset?.()} title="Leave without saving?">
      <p>What you changed here is not saved.</p>
      <Group justify="flex-end">
        <Button onClick={() => proceed?.()}>Leave without saving</Button>
        <Button variant="filled" onClick={() => reset?.()}>
          Stay
        </Button>
      </Group>
    </Modal>
  );
}
