import type { CallName, Domain, EventName } from '@shared/ipc/channels'
import type { Api, Input, Output } from '@shared/ipc/contract'
import type { EventPayload } from '@shared/ipc/events'
import type { AppErrorData, ErrorCode } from '@shared/errors'

export interface Bridge extends Api {
  /** Subscribes to a pushed event; gives back the function that ends it. */
  on: <E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) => () => void
}
declare global {
  interface Window {
    api: Bridge
  }
}

/** A call that the program refused, with the code that the words are chosen by (`errors.<code>`). */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ErrorCode
  readonly retryable: boolean
  readonly details: Record<string, unknown>

  constructor(data: AppErrorData) {
    super(data.message)
    this.code = data.code
    this.retryable = data.retryable
    this.details = data.details
  }

  static from(error: unknown): ApiError {
    if (error instanceof ApiError) return error
    return new ApiError({
      code: 'internal',
      message: error instanceof Error ? error.message : String(error),
      retryable: false,
      details: {},
    })
  }
}

type Unwrapped = { [D in Domain]: { [N in CallName<D>]: (input: Input<D, N>) => Promise<Output<D, N>> } }
type AnyCall = (input: unknown) => Promise<{ ok: true; value: unknown } | { ok: false; error: AppErrorData }>

const unwrap = async (domain: string, name: string, input: unknown): Promise<unknown> => {
  const calls = (window.api as unknown as Record<string, Record<string, AnyCall>>)[domain]
  const call = calls?.[name]
  if (!call) throw new ApiError({ code: 'internal', message: `no such call: ${domain}.${name}`, retryable: false, details: {} })
  const result = await call(plain(input))
  if (result.ok) return result.value
  throw new ApiError(result.error)
}

/** Reactive proxies cannot cross the bridge: what crosses is plain data. */
const plain = (input: unknown): unknown => JSON.parse(JSON.stringify(input)) as unknown

const domain = (name: string) => new Proxy({}, { get: (_, call: string) => (input: unknown) => unwrap(name, call, input) })

/** The program's calls: `await api.clients.get({ connectionId, clientId })`. Each settles: a value, or an `ApiError`. */
export const api = new Proxy({} as Unwrapped, { get: (_, name: string) => domain(name) })

/** Follows a pushed event until the returned function is called. */
export const on = <E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): (() => void) =>
  window.api.on(event, listener)
