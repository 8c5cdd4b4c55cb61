import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queryClient } from '../api/query-client.ts';
import { nonce } from './nonce.ts';
import { colorSchemeManager, cssVariablesResolver, theme } from './theme.ts';

/** What every screen needs around it. */
export function Providers({ children }: { children: ReactNode }) {
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
        <Notifications position="bottom-center" limit={3} zIndex={400} containerWidth={420} />
      </MantineProvider>
    </QueryClientProvider>
  );
}
