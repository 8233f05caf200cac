import vue from '@vitejs/plugin-vue'
import ui from '@nuxt/ui/vite'
import { defineConfig } from 'electron-vite'
import { fileURLToPath } from 'node:url'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const alias = { '@shared': path('./shared'), '@renderer': path('./renderer') }

/** Everything is bundled but what cannot be (a native driver) or is only the demo's: fewer files to open at start. */
const external = ['electron', 'better-sqlite3', 'fastify']

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      externalizeDeps: { exclude: ['axios', 'date-fns', 'decimal.js', 'electron-log', 'https-proxy-agent', 'zod'] },
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
      ui({
        colorMode: false,
        ui: {
          colors: { primary: 'teal', neutral: 'stone' },
          button: { slots: { base: 'cursor-default font-medium rounded-[6px]' } },
          tooltip: { slots: { content: 'h-auto py-1.5 text-xs max-w-72' } },
          input: { slots: { base: 'rounded-[6px]' } },
          textarea: { slots: { base: 'rounded-[6px]' } },
          select: { slots: { base: 'rounded-[6px]' } },
          dropdownMenu: { slots: { item: 'cursor-default' } },
        },
      }),
    ],
  },
})
