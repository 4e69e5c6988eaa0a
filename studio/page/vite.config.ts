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
    // Loading a module of ours does nothing but define: what the page does not call (the words, above all) stays out of it.
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: /\/(sim|run|experiments)\/.*\.ts$/, sideEffects: false }] },
    },
  },
  worker: { format: 'es' },
  // The report's charts are drawn without a browser, and the package brings no framework along for them.
  ssr: { noExternal: true },
})
