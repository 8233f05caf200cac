import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { root } from './bootstrap/root.mjs'

/**
 * The interface library inserts its colours as one inline style when the page starts. The policy allows inline styles
 * by hash only, so the build runs the library's own code with our configuration and writes the hash beside the pages.
 */
/** @typedef {{ name?: string, load?: unknown }} Plugin */

const flat = async (/** @type {unknown} */ plugins) => {
  /** @type {Plugin[]} */
  const all = []
  for (const one of await Promise.all([plugins].flat(10)))
    all.push(...(Array.isArray(one) ? await flat(one) : one ? [/** @type {Plugin} */ (one)] : []))
  return all
}

/** What the build gives the library as its configuration, defaults included. */
const appConfig = async () => {
  const { loadConfigFromFile } = await import('electron-vite')
  const { config } = await loadConfigFromFile({ command: 'build', mode: 'production' }, join(root, 'electron.vite.config.ts'), root)
  const renderer = /** @type {{ plugins?: unknown }} */ (/** @type {{ renderer?: object }} */ (config).renderer)
  const plugin = (await flat(renderer.plugins)).find(({ name }) => name === 'nuxt:ui:app-config')
  const load = /** @type {{ handler?: Function } | Function | undefined} */ (plugin?.load)
  const handler = typeof load === 'function' ? load : load?.handler
  const text = String(await handler?.call({}, 'virtual:nuxt-ui-app-config'))
  return /** @type {{ ui: { colors: Record<string, string> } }} */ (JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)))
}

/** Runs the library's plugin with stand-ins for what it imports, and keeps the style that it would insert. */
const insertedStyles = async (/** @type {object} */ config) => {
  const styles = /** @type {{ innerHTML: { value: string } | string }[]} */ ([])
  const hooks = {
    defineNuxtPlugin: (/** @type {Function} */ plugin) => plugin,
    injectHead: () => ({}),
    useAppConfig: () => config,
    useNuxtApp: () => ({ payload: {} }),
    useHead: (/** @type {{ style: [] }} */ head) => styles.push(...head.style),
  }
  Object.assign(globalThis, { cspHashHooks: hooks })
  const source = `export const { ${Object.keys(hooks).join(', ')} } = globalThis.cspHashHooks`
  const imports = `data:text/javascript,${encodeURIComponent(source)}`
  registerHooks({
    resolve: (specifier, context, next) => (specifier === '#imports' ? { url: imports, shortCircuit: true } : next(specifier, context)),
  })
  const file = join(root, 'node_modules', '@nuxt', 'ui', 'dist', 'runtime', 'plugins', 'colors.js')
  const plugin = /** @type {{ default: Function }} */ (await import(pathToFileURL(file).href))
  plugin.default()
  return styles.map(({ innerHTML }) => (typeof innerHTML === 'string' ? innerHTML : innerHTML.value))
}

/** The fixed styles that a few of its components carry with them (hidden scrollbars of lists that scroll). */
const carriedStyles = () => {
  const folder = join(root, 'node_modules', 'reka-ui', 'dist')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /Viewport\.js$/.test(file))
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8')).filter((code) => code.includes('as: "style"'))
  return texts.flatMap((code) =>
    [...code.matchAll(/createTextVNode\(("(?:[^"\\]|\\.)*")\)/g)].map(([, text = '""']) => String(JSON.parse(text))),
  )
}

const hashOf = (/** @type {string} */ text) => `sha256-${createHash('sha256').update(text).digest('base64')}`

/** @returns {Promise<string[]>} */
export const computeStyleHashes = async () => [...new Set([...(await insertedStyles(await appConfig())), ...carriedStyles()].map(hashOf))]

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = join(root, 'out', 'csp-hashes.json')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify({ styles: await computeStyleHashes() })}\n`)
  process.stderr.write(readFileSync(file, 'utf8'))
}
