// Collects the Lucide icons in use (and the ones that Nuxt UI's components ask for) into one small file, so that
// nothing is ever asked from the network. `--check` only says whether the file is up to date.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const target = path.join(root, 'renderer/app/icons.gen.json')
const all = JSON.parse(fs.readFileSync(path.join(root, 'node_modules/@iconify-json/lucide/icons.json'), 'utf8'))

/** The defaults of the components that the console uses. */
const defaults = `arrow-down arrow-left arrow-right arrow-up arrow-up-right check chevron-down chevron-left chevron-right
chevron-up chevrons-left chevrons-right ellipsis loader-circle minus plus search x`.split(/\s+/)

/** @param {string} dir @returns {string[]} */
const files = (dir) =>
  fs.readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(dir, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : files(file)
    return /\.(vue|ts)$/.test(entry.name) ? [file] : []
  })

/** The file's text for what the renderer uses now. */
const collectIcons = () => {
  const names = new Set(defaults)
  for (const file of files(path.join(root, 'renderer'))) {
    for (const match of fs.readFileSync(file, 'utf8').matchAll(/i-lucide-([a-z0-9-]*[a-z0-9])/g)) names.add(match[1] ?? '')
  }
  /** @type {Record<string, { body: string }>} */
  const icons = {}
  const missing = []
  for (const name of [...names].sort()) {
    const icon = all.icons[name] ?? all.icons[all.aliases?.[name]?.parent]
    if (icon) icons[name] = { body: icon.body }
    else missing.push(name)
  }
  return { text: `${JSON.stringify({ prefix: 'lucide', width: 24, height: 24, icons })}\n`, count: Object.keys(icons).length, missing }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { text, count, missing } = collectIcons()
  const fresh = fs.existsSync(target) && fs.readFileSync(target, 'utf8') === text
  if (missing.length) console.error(`no such icon: ${missing.join(', ')}`)
  if (process.argv.includes('--check')) {
    if (!fresh) console.error('renderer/app/icons.gen.json is out of date: node scripts/icons.mjs')
    process.exitCode = fresh && !missing.length ? 0 : 1
  } else {
    if (!fresh) fs.writeFileSync(target, text)
    console.log(`${count} icons`)
    process.exitCode = missing.length ? 1 : 0
  }
}
