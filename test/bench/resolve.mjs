import { registerHooks } from 'node:module'

/**
 * `--import`ed before the measurements: they read the console's own modules, whose imports name no ending and use the
 * tsconfig's aliases. Node strips the types by itself.
 */
const root = new URL('../../', import.meta.url)
const aliases = { '@shared/': new URL('shared/', root), '@renderer/': new URL('renderer/', root) }

/** @param {string} specifier */
const withoutAlias = (specifier) => {
  const found = Object.entries(aliases).find(([prefix]) => specifier.startsWith(prefix))
  return found ? new URL(specifier.slice(found[0].length), found[1]).href : specifier
}

registerHooks({
  resolve(specifier, context, next) {
    const asked = withoutAlias(specifier)
    const own =
      /^(\.|file:)/.test(asked) && (context.parentURL?.startsWith(root.href) ?? false) && !context.parentURL?.includes('/node_modules/')
    if (own && asked.endsWith('.json'))
      return { ...next(asked, { ...context, importAttributes: { type: 'json' } }), importAttributes: { type: 'json' } }
    if (!own || /\.[mc]?[jt]s$/.test(asked)) return next(asked, context)
    try {
      return next(`${asked}.ts`, context)
    } catch {
      return next(`${asked}/index.ts`, context)
    }
  },
})
