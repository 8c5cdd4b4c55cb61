import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useRouterState } from '@tanstack/react-router';

/** How the rail is shown: whole, as icons (when there is little room, or by choice), or over the page on phones. */
export function useRailMode(): { mode: 'full' | 'icons' | 'overlay'; toggle: (() => void) | undefined } {
  const now = { getInitialValueInEffect: false };
  const isPhone = useMediaQuery('(max-width: 767px)', false, now);
  // Whoever calls needs the room for the call.
  const isCalling = useRouterState({ select: ({ location }) => location.pathname === '/calls' });
  const isNarrow = useMediaQuery('(max-width: 1099px)', false, now) || isCalling;
  const [chosen, choose] = useLocalStorage<'full' | 'icons'>({ key: 'leadwell.rail', defaultValue: 'full', ...now });
  const mode = isPhone ? 'overlay' : isNarrow ? 'icons' : chosen;
  return { mode, toggle: isNarrow ? undefined : () => choose(chosen === 'icons' ? 'full' : 'icons') };
}
