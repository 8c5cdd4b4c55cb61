import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useReturnFocus } from '../../ui/return-focus.ts';

interface Props {
  onClose: () => void;
  children: ReactNode;
}

/** The navigation on phones: a drawer over the page; mount it only while it is open. */
export function RailDrawer({ onClose, children }: Props) {
  useReturnFocus();
  return (
    <Drawer
      opened
      onClose={onClose}
      size={264}
      padding={0}
      withCloseButton={false}
      transitionProps={{ duration: 110 }}
      overlayProps={{ backgroundOpacity: 0.35 }}
      attributes={{ content: { 'aria-label': 'Menu' } }}
    >
      {children}
    </Drawer>
  );
}
