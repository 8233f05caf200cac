import type { Session } from 'electron'
import { loud, LoudEmitter } from './loud.ts'
import { StandinProtocol, type SchemeRegistry } from './protocol.ts'

type RequestHandler = Parameters<Session['setPermissionRequestHandler']>[0]
type CheckHandler = Parameters<Session['setPermissionCheckHandler']>[0]

/** What Chromium may be told to grant, by its own name and Electron's. */
const permissions = [
  ['clipboardReadWrite', 'clipboard-read'],
  ['clipboardSanitizedWrite', 'clipboard-sanitized-write'],
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['midi', 'midi'],
  ['audioCapture', 'media'],
  ['idleDetection', 'idle-detection'],
] as const

export class StandinSession extends LoudEmitter {
  readonly protocol: StandinProtocol
  private check: CheckHandler = null
  private readonly env: NodeJS.ProcessEnv

  constructor(registry: SchemeRegistry, env: NodeJS.ProcessEnv) {
    super('session', ['will-download'])
    this.protocol = loud('protocol', new StandinProtocol(registry))
    this.env = env
  }
  setPermissionRequestHandler(_handler: RequestHandler): void {
    // Chromium is told beforehand what it may grant, by the check handler: it never gets to ask.
  }
  setPermissionCheckHandler(handler: CheckHandler): void {
    this.check = handler
  }
  setDevicePermissionHandler(_handler: Parameters<Session['setDevicePermissionHandler']>[0]): void {
    // No device is ever offered to a page here.
  }
  setSpellCheckerEnabled(_enable: boolean): void {
    // Playwright starts Chromium without one.
  }
  /** Chromium's names of what the application grants to an origin; everything else is denied. */
  granted(origin: string): string[] {
    const { check } = this
    if (check === null) return permissions.map(([name]) => name)
    const details = { isMainFrame: true, requestingUrl: origin } as Parameters<NonNullable<CheckHandler>>[3]
    return permissions
      .filter(([, name]) => check(null, name as Parameters<NonNullable<CheckHandler>>[1], origin, details))
      .map(([name]) => name)
  }
  /** The system's proxy is what the environment says. */
  resolveProxy(url: string): Promise<string> {
    const { protocol, hostname } = new URL(url)
    const named =
      protocol === 'https:' ? (this.env['HTTPS_PROXY'] ?? this.env['https_proxy']) : (this.env['HTTP_PROXY'] ?? this.env['http_proxy'])
    const direct = (this.env['NO_PROXY'] ?? this.env['no_proxy'] ?? '').split(',').map((part) => part.trim().replace(/^\*?\./, ''))
    const isLoopback = /^(localhost|127\.|\[::1\])/.test(hostname)
    const skip = isLoopback || direct.some((part) => part === '*' || (part !== '' && (hostname === part || hostname.endsWith(`.${part}`))))
    return Promise.resolve(named === undefined || named === '' || skip ? 'DIRECT' : `PROXY ${new URL(named).host}`)
  }
}

/** `session`: the default one and those of partitions, made at the first touch. */
export class StandinSessions {
  private readonly partitions = new Map<string, StandinSession>()
  private readonly registry: SchemeRegistry
  private readonly env: NodeJS.ProcessEnv

  constructor(registry: SchemeRegistry, env: NodeJS.ProcessEnv) {
    this.registry = registry
    this.env = env
  }
  get defaultSession(): StandinSession {
    return this.fromPartition('')
  }
  fromPartition(partition: string): StandinSession {
    if (partition.startsWith('persist:')) throw new Error('the stand-in keeps nothing: it has no persistent partitions')
    const known = this.partitions.get(partition)
    if (known) return known
    const made = loud('session', new StandinSession(this.registry, this.env))
    this.partitions.set(partition, made)
    return made
  }
}
