import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const root = resolve(import.meta.dirname, 'src/console');

/** The pages of the hub: everything they need is in dist/console, and nothing is fetched from elsewhere. */
export default defineConfig({
  root,
  publicDir: false,
  cacheDir: resolve(import.meta.dirname, 'node_modules/.cache/vite'),
  logLevel: 'warn',
  build: {
    outDir: resolve(import.meta.dirname, 'dist/console'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Monaco, the editor, is large and comes whole.
    chunkSizeWarningLimit: 8000,
    rolldownOptions: {
      input: [resolve(root, 'index.html'), resolve(root, 'explorer.html')],
      // `use client`, which the packages say to servers, means nothing here.
      checks: { moduleLevelDirective: false },
    },
  },
});
