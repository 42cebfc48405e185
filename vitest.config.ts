import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src-*/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
    // Forked processes, since the store and ONNX Runtime are native code that worker threads cannot isolate.
    pool: 'forks',
    // Generous, for machines that are busy with other things: no test measures time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    env: {
      // What a person has fetched with Hugging Face's programs is nothing to the tests.
      HF_HUB_CACHE: '/no/such/folder',
      // Most of what a child process takes to start is compiling what the one before it compiled.
      NODE_COMPILE_CACHE: join(import.meta.dirname, '.cache/compiled'),
    },
    // A condition that is waited for may take long on a busy machine; one that holds is seen at once.
    expect: { poll: { timeout: 120_000, interval: 10 } },
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
  },
})
