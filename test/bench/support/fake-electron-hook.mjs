import { registerHooks } from 'node:module'

/** `--import`ed before main: its `electron` becomes the one that does nothing. */
const fake = new URL('./fake-electron.mjs', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main' ? { url: fake, shortCircuit: true } : next(specifier, context),
})
