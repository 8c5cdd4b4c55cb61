import { type ReactNode, useLayoutEffect, useRef } from 'react';

interface Props {
  label: string;
  className?: string | undefined;
  children: ReactNode;
}

/** The items of a menu with a search field. A menu may hold nothing but items, so the box around both is a dialog. */
export function SearchedItems({ label, className, children }: Props) {
  const items = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = items.current?.closest('[data-menu-dropdown]');
    box?.setAttribute('role', 'dialog');
    box?.removeAttribute('aria-orientation');
  }, []);
  return (
    <div ref={items} role="menu" aria-label={label} className={className}>
      {children}
    </div>
  );
}
