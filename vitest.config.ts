import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const resolve = { alias: { '@shared': path('./shared'), '@renderer': path('./renderer') } }
const project = (name: string, include: string[], more: object = {}) => ({ resolve, plugins: [vue()], test: { name, include, ...more } })

/** `quick` is rules, store, sync and components; `e2e` starts the whole program, or its pages over made-up data, in a browser; `deep` is the long rounds. No retries anywhere. */
export default defineConfig({
  test: {
    retry: 0,
    // By itself vitest leaves one core idle.
    maxWorkers: '100%',
    projects: [
      project('quick', ['test/{unit,store,platforms,sync,commands,component,security}/**/*.test.ts'], {
        testTimeout: 20_000,
        hookTimeout: 30_000,
      }),
      project('e2e', ['test/e2e/**/*.e2e.ts', 'test/component/**/*.browser.ts'], {
        testTimeout: 90_000,
        hookTimeout: 120_000,
        // How long a figure may take to come right on a busy machine; what is right at once takes no longer.
        expect: { poll: { timeout: 10_000 } },
        fileParallelism: false,
      }),
      project('deep', ['test/deep/**/*.deep.ts'], { testTimeout: 3_600_000, hookTimeout: 120_000, fileParallelism: false }),
    ],
  },
})
