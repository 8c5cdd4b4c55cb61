import { createElement, type ReactNode } from 'react';

/** What a select shows instead of options: to screen readers an option too, since a list of options must have some. */
export function noOption(text: string): ReactNode {
  return createElement('div', { role: 'option', 'aria-disabled': true, 'aria-selected': false }, text);
}
