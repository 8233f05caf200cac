import vue from '@vitejs/plugin-vue'
import { build, type PluginOption } from 'vite'
import { root } from './context'

/** One self-contained script (and its styles) out of an entry file, minified as the built renderer is. */
export const bundled = async (entry: string, plugins: PluginOption[] = [vue()]): Promise<{ script: string; style: string }> => {
  const result = await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins,
    resolve: { alias: { '@shared': `${root}shared`, '@renderer': `${root}renderer` } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: true,
      cssCodeSplit: false,
      // What the program loads late is in the one script too.
      rollupOptions: { output: { codeSplitting: false } },
      lib: { entry, formats: ['es'], fileName: 'page', cssFileName: 'page' },
    },
  })
  const outputs = [result].flat().flatMap((it) => ('output' in it ? it.output : []))
  const script = outputs.find((it) => it.type === 'chunk')?.code ?? ''
  const style = outputs.find((it) => it.fileName.endsWith('.css'))
  return { script, style: style?.type === 'asset' ? String(style.source) : '' }
}
