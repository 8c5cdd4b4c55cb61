import './ui/styles/fonts.css';
import './ui/styles/mantine.css';
import './ui/styles/tokens.css';
import './ui/styles/base.css';
import './ui/styles/looks.css';
import './ui/styles/controls.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import type { ReactNode } from 'react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { nonce } from './app/nonce.ts';
import { startShortcuts } from './app/shortcuts.ts';
import { colorSchemeManager, cssVariablesResolver, theme } from './app/theme.ts';
import { Toasts } from './app/toasts.tsx';
import { router } from './router.tsx';
import { startLayers } from './ui/layers.ts';
import { noteArrival } from './ui/use-kept-place.ts';

setNonce(nonce);
startLayers();
startShortcuts();

// Start loading the screen while the session is still being checked.
for (const match of router.matchRoutes(router.latestLocation)) {
  const { component } = router.routesById[match.routeId as keyof typeof router.routesById].options;
  if (component && 'preload' in component) void component.preload?.();
}

// Keep what the HTML page itself shows until there is a screen to replace it.
void router.load().finally(() => {
  // Not before: while anybody listens to the history, the router does not follow a redirect of its first load.
  router.history.subscribe(({ action }) => noteArrival(action.type));
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  );
});

/** The providers around every screen. */
function Providers({ children }: { children: ReactNode }) {
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        colorSchemeManager={colorSchemeManager}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        {children}
        <Toasts />
      </MantineProvider>
    </QueryClientProvider>
  );
}
