import vue from '@vitejs/plugin-vue'
import ui from '@nuxt/ui/vite'
import { defineConfig } from 'electron-vite'
import { fileURLToPath } from 'node:url'
import type { HtmlTagDescriptor, Plugin } from 'vite'
import { libraryOptions } from './renderer/styles/library-options'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const alias = { '@shared': path('./shared'), '@renderer': path('./renderer') }

/** Everything is bundled but what cannot be (a native driver) or is only the demo's: fewer files to open at start. */
const external = ['electron', 'better-sqlite3', 'fastify']

/** Parts of the libraries that nothing here uses: they would be read at every start. */
const leftOut = {
  __VUE_OPTIONS_API__: 'false',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_I18N_FULL_INSTALL__: 'false',
  __VUE_I18N_LEGACY_API__: 'false',
  __INTLIFY_PROD_DEVTOOLS__: 'false',
}

const FIRST = /^(?:DashboardScreen|shared|ru)$/
const FONTS = /ibm-plex-sans-(?:latin|latin-ext|cyrillic)-[456]00-normal-[^.]+\.woff2$/

/**
 * The window opens with the dashboard nearly always: its files, and the files and styles that those need, are asked for
 * together with the program's own. So are the fonts, or the page would be laid out a second time when they come.
 */
const firstScreenAtOnce: Plugin = {
  name: 'first-screen-at-once',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle = {} }) => {
      const files = Object.values(bundle)
      const scripts = new Set<string>()
      const styles = new Set<string>()
      const gather = (name: string): void => {
        const file = bundle[name]
        if (file?.type !== 'chunk' || file.isEntry || scripts.has(name)) return
        scripts.add(name)
        for (const style of file.viteMetadata?.importedCss ?? []) styles.add(style)
        for (const needed of file.imports) gather(needed)
      }
      for (const file of files) if (file.type === 'chunk' && FIRST.test(file.name)) gather(file.fileName)
      const fonts = files.filter((file) => FONTS.test(file.fileName))
      return [
        ...[...styles].map((href) => link({ rel: 'stylesheet', href })),
        ...[...scripts].map((href) => link({ rel: 'modulepreload', href })),
        ...fonts.map((file) => link({ rel: 'preload', as: 'font', type: 'font/woff2', href: file.fileName })),
      ].filter(({ attrs }) => !html.includes(String(attrs?.['href'])))
    },
  },
}

const link = ({ href, ...attrs }: Record<string, string> & { href: string }): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: { ...attrs, crossorigin: true, href: `./${href}` },
  injectTo: 'head',
})

/** Each file is a request of its own before the first paint: what every start needs is one, what most screens share another. */
const fewFiles = [
  { name: 'start', tags: ['$initial' as const], priority: 2 },
  {
    name: 'shared',
    test: /[\\/]renderer[\\/](?:locales[\\/]error-words|ui[\\/](?:states[\\/])?(?!AppFrame|ConfirmDialog|FilterChips|GateFailure|InferredMark|TabBar|use-toasts)[^\\/]+|api[\\/][^\\/]+)$/,
    priority: 1,
    minShareCount: 2,
  },
]

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
          worker: path('./electron/core/jobs/worker.ts'),
          'store-worker': path('./electron/core/store/tasks/worker.ts'),
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
    define: leftOut,
    build: {
      outDir: 'out/renderer',
      minify: true,
      chunkSizeWarningLimit: 900,
      rollupOptions: {
        input: { index: path('./renderer/index.html') },
        output: { codeSplitting: { groups: fewFiles } },
      },
    },
    plugins: [firstScreenAtOnce, vue(), ui({ root: path('./renderer'), ...libraryOptions })],
  },
})
