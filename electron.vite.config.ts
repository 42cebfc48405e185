import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { NONCE_PLACEHOLDER } from './src-main/http/renderer-files.ts'

const at = (path: string) => resolve(import.meta.dirname, path)

/** Native code and its wrappers stay in node_modules; everything else is bundled, so that the app starts from few files. */
const external = ['electron', 'better-sqlite3', 'onnxruntime-node', 'onnxruntime-common']

/** The oldest Electron that the app runs in (33): Node 20.18 and Chromium 130. */
const node = 'node20.18'
const chromium = 'chrome130'

const entries = {
  main: at('src-main/entries/main.ts'),
  cabinet: at('src-main/entries/cabinet.ts'),
  reader: at('src-main/entries/reader.ts'),
  runtime: at('src-main/entries/runtime.ts'),
  serve: at('src-main/entries/serve.ts'),
  'served-cabinet': at('src-main/entries/served-cabinet.ts'),
  inspect: at('src-main/entries/inspect.ts'),
}

/** Chunks lie beside the entries, for a module finds the children's programs beside itself. */
const commonJs = { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' } as const

export default defineConfig({
  main: {
    build: {
      target: node,
      outDir: 'out/main',
      externalizeDeps: false,
      rolldownOptions: { input: entries, external, output: commonJs },
    },
  },
  preload: {
    build: {
      target: node,
      outDir: 'out/preload',
      // A sandboxed preload script can require nothing but Electron.
      externalizeDeps: false,
      rolldownOptions: { input: at('src-preload/index.ts'), external: ['electron'], output: commonJs },
    },
  },
  renderer: {
    root: at('src-renderer'),
    plugins: [react()],
    html: { cspNonce: NONCE_PLACEHOLDER },
    build: {
      target: chromium,
      outDir: at('out/renderer'),
      emptyOutDir: true,
      minify: true,
      // Inlined fonts and images would need `data:` in the content security policy.
      assetsInlineLimit: 0,
      rolldownOptions: { input: at('src-renderer/index.html') },
    },
  },
})
