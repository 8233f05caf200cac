import vue from '@vitejs/plugin-vue'
import ui from '@nuxt/ui/vite'
import { defineConfig } from 'electron-vite'
import { fileURLToPath } from 'node:url'
import { componentSlots } from './renderer/styles/component-slots'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const alias = { '@shared': path('./shared'), '@renderer': path('./renderer') }

/** Everything is bundled but what cannot be (a native driver) or is only the demo's: fewer files to open at start. */
const external = ['electron', 'better-sqlite3', 'fastify']

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      externalizeDeps: { exclude: ['axios', 'decimal.js', 'electron-log', 'https-proxy-agent', 'zod'] },
      outDir: 'out/main',
      rollupOptions: {
        external,
        input: {
          main: path('./electron/main.ts'),
          core: path('./electron/core/host.ts'),
          demo: path('./electron/demo/host.ts'),
          platform: path('./electron/demo/cli.ts'),
          'store-dump': path('./electron/core/store-dump.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      outDir: 'out/preload',
      rollupOptions: { input: { preload: path('./electron/preload.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: path('./renderer'),
    resolve: { alias },
    build: {
      outDir: 'out/renderer',
      minify: true,
      chunkSizeWarningLimit: 900,
      rollupOptions: { input: { index: path('./renderer/index.html') } },
    },
    plugins: [
      vue(),
      // Components are imported by name, as everything else here: nothing is declared behind the types' back.
      ui({
        root: path('./renderer'),
        colorMode: false,
        components: false,
        autoImport: false,
        dts: false,
        icon: { clientBundle: false },
        ui: componentSlots,
      }),
    ],
  },
})
