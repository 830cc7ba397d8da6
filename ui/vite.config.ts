import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Where `ui/live` finds a running Oriel; another address by ORIEL=http://127.0.0.1:PORT. */
const oriel = process.env.ORIEL ?? 'http://127.0.0.1:23000';

/** Does on the developer's server what Oriel's own does: says where the root of the app is. */
const baseTag: Plugin = {
  name: 'base-tag',
  apply: 'serve',
  transformIndexHtml: () => [{ tag: 'base', attrs: { href: '/' }, injectTo: 'head-prepend' }],
};

export default defineConfig({
  base: './', // every address relative: the same files work below any path of a reverse proxy
  plugins: [react(), baseTag],
  server: {
    host: '127.0.0.1',
    port: 23080,
    proxy: { '/api': oriel, '/-': oriel },
  },
  build: {
    outDir: 'target/classes/oriel-ui', // so the module's jar holds it
    emptyOutDir: true,
    manifest: true, // for build/sizes.mjs
    target: 'es2023',
    reportCompressedSize: false, // build/sizes.mjs tells them, by route and against the budget
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1024,
  },
  test: {
    globals: true,
    testTimeout: 20_000, // axe over a whole page, on a machine that has other work
    // a window costs more than most tests: those of pure parts do without one, or say that they want it
    projects: [
      {
        extends: true,
        test: { name: 'pages', include: ['src/**/*.test.tsx'], environment: 'jsdom' },
      },
      {
        extends: true,
        test: { name: 'parts', include: ['src/**/*.test.ts'], environment: 'node' },
      },
    ],
    // the editor's parts as the bundle has them: Node would take their CommonJS twins beside these
    alias: {
      '@prometheus-io/codemirror-promql': '@prometheus-io/codemirror-promql/dist/esm/index.js',
    },
    server: { deps: { inline: [/@grafana\//, /codemirror/, /lezer/] } },
  },
});
