import { Modal, type ModalProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTypedText } from './form/use-typed-text.tsx';
import { layerAttributes, useLayer } from './layers.ts';
import { useReturnFocus } from './return-focus.ts';

interface Props extends Pick<ModalProps, 'size' | 'fullScreen'> {
  title: string;
  onClose: () => void;
  /** Closes without asking, even if something was typed: for search fields and confirmations. */
  keepsNothing?: boolean;
  /** A click outside does not close the dialog: for what is shown only once. */
  isFirm?: boolean;
  children: ReactNode;
}

/** A dialog; mount it only while it is open. Escape closes only this dialog, and asks first if something was typed. */
export function Dialog({ title, onClose, keepsNothing = false, isFirm = false, children, ...shape }: Props) {
  const text = useTypedText(onClose);
  const close = keepsNothing ? onClose : text.close;
  useLayer(close);
  useReturnFocus();
  return (
    <Modal
      {...shape}
      opened
      onClose={close}
      title={title}
      closeOnEscape={false}
      closeOnClickOutside={!isFirm}
      attributes={layerAttributes}
    >
      <div {...(!keepsNothing && text.watch)}>{children}</div>
      {!keepsNothing && text.question}
    </Modal>
  );
}
