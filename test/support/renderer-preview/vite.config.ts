import vue from '@vitejs/plugin-vue'
import ui from '@nuxt/ui/vite'
import { fileURLToPath } from 'node:url'
import { libraryOptions } from '../../../renderer/styles/library-options'
import { defineConfig } from 'vite'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

/** The renderer over made-up data, for pictures, component tests and benches without the core. Never shipped. */
export default defineConfig({
  root: path('./'),
  base: './',
  resolve: { alias: { '@shared': path('../../../shared'), '@renderer': path('../../../renderer') } },
  build: {
    outDir: process.env['PREVIEW_OUT'] ?? path('../../../.cache/renderer-preview'),
    emptyOutDir: true,
    minify: true,
    chunkSizeWarningLimit: 900,
    rollupOptions: { input: { index: path('./index.html') } },
  },
  plugins: [vue(), ui({ root: path('../../../renderer'), ...libraryOptions })],
})
