import { registerHooks } from 'node:module'

/** `--import` this before a main process: its `electron` becomes the stand-in. */
const standin = new URL('./index.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main' ? { url: standin, shortCircuit: true } : next(specifier, context),
})
