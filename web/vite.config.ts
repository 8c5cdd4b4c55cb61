import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { chunksOf } from './chunks.ts';
import { precompress } from './precompress.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** How the web app is built: everything it needs ends up in dist/web, and nothing comes from another host. */
export default defineConfig({
  root: here('.'),
  base: '/app/',
  publicDir: here('public'),
  plugins: [react(), precompress()],
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    // The content policy allows fonts and images only from this host, so no file may become a data: address.
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    reportCompressedSize: false,
    target: 'es2022',
    rolldownOptions: {
      output: { codeSplitting: chunksOf(here('src/main.tsx'), here('src/leads/list/lead-list-page.tsx')) },
    },
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:8080' } },
});
