import { defineConfig } from 'vite'

/** The page: built into the package, in parts that are loaded when they are needed. Nothing is inlined: the policy forbids it. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../dist/studio/page',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: 'es' },
  // The report's charts are drawn without a browser, and the package brings no framework along for them.
  ssr: { noExternal: true },
})
