import type { CustomScheme, Protocol } from 'electron'

type Handler = Parameters<Protocol['handle']>[1]

/** Which schemes are an application's own is said once, before it is ready. */
export class SchemeRegistry {
  private readonly schemes = new Map<string, CustomScheme>()

  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    for (const scheme of schemes) {
      if (scheme.scheme !== 'app') throw new Error(`the stand-in serves only app://, not ${scheme.scheme}://`)
      this.schemes.set(scheme.scheme, scheme)
    }
  }
  isPrivileged(scheme: string): boolean {
    return this.schemes.has(scheme)
  }
}

/** `protocol` of one session. */
export class StandinProtocol implements Pick<Protocol, 'handle' | 'unhandle' | 'isProtocolHandled' | 'registerSchemesAsPrivileged'> {
  private readonly registry: SchemeRegistry
  private readonly handlers = new Map<string, Handler>()

  constructor(registry: SchemeRegistry) {
    this.registry = registry
  }
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    this.registry.registerSchemesAsPrivileged(schemes)
  }
  handle(scheme: string, handler: Handler): void {
    if (!this.registry.isPrivileged(scheme))
      throw new Error(`${scheme}:// was not registered as privileged before the application was ready`)
    if (this.handlers.has(scheme)) throw new Error(`The scheme ${scheme} is handled already`)
    this.handlers.set(scheme, handler)
  }
  unhandle(scheme: string): void {
    this.handlers.delete(scheme)
  }
  isProtocolHandled(scheme: string): boolean {
    return this.handlers.has(scheme)
  }
  /** null = no such scheme: the request goes nowhere. */
  async serve(request: Request): Promise<Response | null> {
    const handler = this.handlers.get(new URL(request.url).protocol.slice(0, -1))
    return handler ? handler(request) : null
  }
}
