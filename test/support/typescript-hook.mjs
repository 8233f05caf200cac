import { registerHooks } from 'node:module'
import { existsSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Lets a child process of a test run the program's own TypeScript: Node strips the types, this finds the files. */
const root = new URL('../../', import.meta.url)
const ours = (specifier, parent) => {
  if (specifier.startsWith('@shared/')) return new URL(`shared/${specifier.slice('@shared/'.length)}`, root)
  return specifier.startsWith('.') && parent ? new URL(specifier, parent) : null
}
const typescript = (url) => [`${fileURLToPath(url)}.ts`, `${fileURLToPath(url)}/index.ts`].find((path) => existsSync(path))

registerHooks({
  resolve: (specifier, context, next) => {
    const url = ours(specifier, context.parentURL)
    const found = url && typescript(url)
    return next(found ? pathToFileURL(found).href : specifier, context)
  },
})
