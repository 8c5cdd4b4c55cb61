import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTypedText } from './form/use-typed-text.tsx';
import { useLayer } from './layers.ts';
import classes from './side-drawer.module.css';
import { useKeptScroll } from './use-kept-place.ts';

interface Props {
  /** The accessible name. */
  label: string;
  /** Shown at the top, left of the close button: name and buttons. */
  header: ReactNode;
  onClose: () => void;
  /** 600 for content that is read rather than worked on. */
  width?: 480 | 600;
  children: ReactNode;
}

/**
 * A drawer on the right that leaves the list usable; full width on phones. Escape closes it, after a question if it
 * holds unsaved text, and returns the focus. Mount it only while it is open.
 */
export function SideDrawer({ label, header, onClose, width = 480, children }: Props) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    return () => {
      // Move the focus only if it would be lost; it may have gone elsewhere in the meantime.
      if (!holdsFocusElsewhere(panel.current)) placeFor(before)?.focus({ preventScroll: true });
    };
  }, []);
  const content = useKeptScroll(location.search);
  const text = useTypedText(onClose);
  useLayer(text.close);
  return (
    <aside
      ref={panel}
      aria-label={label}
      tabIndex={-1}
      className={classes.drawer}
      style={{ '--drawer-width': `${width}px` } as React.CSSProperties}
      {...text.watch}
    >
      <header className={classes.header}>
        <div className={classes.title}>{header}</div>
        <ActionIcon onClick={text.close} aria-label="Close" title="Close (Esc)">
          <IconX size={18} />
        </ActionIcon>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={content} className={classes.content} tabIndex={0} aria-label={`${label}: content`}>
        {children}
      </section>
      {text.question}
    </aside>
  );
}

function holdsFocusElsewhere(panel: HTMLElement | null): boolean {
  const active = document.activeElement;
  return active !== null && active !== document.body && !panel?.contains(active);
}

/** Where the focus was, or the page if that has gone, like the field of the palette from which a lead was opened. */
function placeFor(before: Element | null): HTMLElement | null {
  const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
  return isThere ? before : document.querySelector<HTMLElement>('#main');
}
