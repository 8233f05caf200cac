import { existsSync, readdirSync } from 'node:fs'

/**
 * Who may import whom. `zones` feeds import-x/no-restricted-paths; a test plants one forbidden import per zone and
 * expects the error, because a mistake here passes silently.
 */
/**
 * @param {string | string[]} target
 * @param {string[]} from
 * @param {string} message
 * @param {string[]} except
 */
const zone = (target, from, message, except = []) => ({ target, from, message, except })

/** @param {string} parent */
const folders = (parent) => {
  const at = new URL(`../../${parent}/`, import.meta.url)
  return existsSync(at) ? readdirSync(at, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])) : []
}
/**
 * Each folder of `parent` may not reach into its neighbours.
 * @param {string} parent
 * @param {string} message
 */
const apart = (parent, message) => folders(parent).map((name) => zone(`./${parent}/${name}`, [`./${parent}`], message, [`./${name}`]))

/** Folders of the room that are no platform: the port and the HTTP transport. */
const shared = ['port', 'http']
const platforms = folders('electron/core/platforms').filter((name) => !shared.includes(name))

const coreRooms = ['store', 'sync', 'commands', 'features'].map((room) => `./electron/core/${room}`)
/**
 * A concrete platform is known to the registry alone: neither to a room of the core nor to another platform.
 * @param {string} name
 */
const platformFence = (name) => {
  const strangers = [`./electron/core/platforms/!(${name})/**`, './electron/core/platforms/!(registry).ts']
  const message = 'The core goes by the port and its capabilities; only the registry knows a concrete platform.'
  return zone([...coreRooms, ...strangers], [`./electron/core/platforms/${name}`], message)
}

export const zones = [
  ...platforms.map(platformFence),
  ...apart('renderer/features', 'A feature imports ui, api, shared and its own files: what two features need belongs to ui.'),
  zone('./shared', ['./electron', './renderer', './test', './scripts'], 'shared imports nothing but zod and decimal/date helpers.'),
  zone(
    './electron/core/platforms',
    ['./electron/core/store', './electron/core/sync', './electron/core/commands', './electron/core/features', './electron/core/billing'],
    'A platform knows shared, the port and http: never the store or sync.',
  ),
  zone(
    './electron/core/store',
    ['./electron/core/sync', './electron/core/commands', './electron/core/features'],
    'The store knows shared and the driver.',
  ),
  zone('./electron/core/sync', ['./electron/core/features', './electron/core/commands'], 'Sync knows no feature, and no command.'),
  zone('./electron/core/commands', ['./electron/core/features', './electron/core/sync'], 'Commands know the store and the port.'),
  zone(
    './electron/core',
    ['./electron/shell', './electron/ipc', './electron/main.ts', './electron/preload.ts', './electron/demo', './renderer'],
    'The core is a plain Node program: the shell hosts it.',
  ),
  zone('./electron/shell', ['./electron/core', './electron/demo', './renderer'], 'The shell talks to the core by messages only.'),
  zone('./electron/ipc', ['./electron/core', './electron/demo', './renderer'], 'The registrar passes messages on; it knows no core.'),
  zone(
    './electron/preload.ts',
    ['./electron/shell', './electron/core', './electron/ipc', './shared/ipc/contract.ts', './shared/domain'],
    'The preload is derived from the channel lists alone.',
  ),
  zone(
    './electron/demo',
    ['./electron/core', './electron/shell', './electron/ipc', './shared/ipc', './renderer'],
    'The demo shares no code with the adapters or the core.',
  ),
  zone('./renderer', ['./electron', './test', './scripts'], 'The renderer reaches the program through renderer/api only.'),
  zone(
    './renderer/ui',
    ['./renderer/api', './renderer/list', './renderer/features', './renderer/app'],
    'ui is dumb: props, slots, events.',
  ),
  zone('./renderer/api', ['./renderer/app', './renderer/features', './renderer/list', './renderer/ui'], 'api knows the contract alone.'),
  zone('./renderer/list', ['./renderer/app', './renderer/features'], 'The list kit knows no list: a feature brings its own.'),
  zone('./renderer/features', ['./renderer/app/layout'], 'A feature does not know the layout it stands in.'),
  zone(['./electron', './renderer', './shared'], ['./test'], 'Product code never imports tests.'),
]

const paths = {
  electron: 'Only electron/shell (and main, preload, ipc) import electron: the core gets what it needs by message.',
  axios: 'HTTP goes through electron/core/platforms/http.ts.',
  'better-sqlite3': 'The driver is opened in electron/core/store only.',
  fastify: 'Only the demo platforms serve HTTP.',
}

/**
 * The options of no-restricted-imports, with the names that a folder is allowed to import left out.
 * @param {string[]} allowed
 */
export const banned = (...allowed) => ({
  paths: Object.entries(paths)
    .filter(([name]) => !allowed.includes(name))
    .map(([name, message]) => ({ name, message })),
})

/** shared runs everywhere, so it brings along nothing but these. */
export const sharedImports = {
  patterns: [{ regex: '^(?!zod$|decimal\\.js$|@shared/|\\.)', message: 'shared imports nothing but zod and decimal.js.' }],
}
