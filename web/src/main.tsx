import '@fontsource-variable/inter/index.css';
import './ui/mantine.css';
import './ui/tokens.css';
import './ui/base.css';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { nonce } from './app/nonce.ts';
import { Providers } from './app/providers.tsx';
import { router } from './app/router.tsx';
import { startShortcuts } from './app/shortcuts.ts';

setNonce(nonce);
startShortcuts();

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
