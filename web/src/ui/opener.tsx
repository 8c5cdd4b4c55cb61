import { type MouseEvent, type Ref, useEffect, useState } from 'react';

/** What a menu or popover needs to know about the button that opened it. */
export interface Opened {
  button: HTMLElement;
  onClose: () => void;
}

/**
 * A button whose menu or popover is mounted only while it is open, so that its code can be loaded later: `props` go to
 * the button, `opened` to the menu or popover.
 */
export function useOpener(kind: 'menu' | 'dialog') {
  const [button, setButton] = useState<HTMLElement>();
  const close = () => {
    setButton(undefined);
    if (button?.isConnected) button.focus({ preventScroll: true });
  };
  return {
    opened: button && { button, onClose: close },
    props: {
      'aria-haspopup': kind,
      'aria-expanded': false,
      onClick: ({ currentTarget }: MouseEvent<HTMLElement>) => setButton((now) => (now ? undefined : currentTarget)),
    },
  };
}

interface Props extends Record<string, unknown> {
  button: HTMLElement;
  ref?: Ref<HTMLElement>;
}

const told = ['id', 'aria-haspopup', 'aria-expanded', 'aria-controls'] as const;

/** Makes a button elsewhere on the page the target of a menu or popover. */
export function ButtonOutside({ button, ref, ...given }: Props): null {
  const values = told.map((name) => (given[name] === undefined ? undefined : String(given[name])));
  const key = values.join('\n');
  useEffect(() => {
    if (typeof ref !== 'function') return;
    const forget = ref(button);
    return () => {
      if (typeof forget === 'function') forget();
      else ref(null);
    };
  }, [button, ref]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the values are what the key says
  useEffect(() => {
    const before = told.map((name) => button.getAttribute(name));
    const set = (to: readonly (string | null | undefined)[]) => {
      for (const [at, name] of told.entries()) {
        const value = to[at];
        if (typeof value === 'string') button.setAttribute(name, value);
        else button.removeAttribute(name);
      }
    };
    set(values);
    return () => set(before);
  }, [button, key]);
  return null;
}
