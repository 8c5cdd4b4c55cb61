import '@fontsource-variable/inter/index.css';
import './ui/styles/mantine.css';
import './ui/styles/tokens.css';
import './ui/styles/base.css';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { nonce } from './app/nonce.ts';
import { Providers } from './app/providers.tsx';
import { startShortcuts } from './app/shortcuts.ts';
import { router } from './router.tsx';

setNonce(nonce);
startShortcuts();

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
