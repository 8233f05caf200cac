import { AppError } from '@shared/errors'
import type { UserActivity } from '../user-activity'
import type { TellFault } from '../log'
import { type Call, checkedInput, checkedOutput, type Result } from '@shared/ipc/call'
import type { Domain } from '@shared/ipc/channels'
import { contract, type Handlers } from '@shared/ipc/contract'
import { INTERNAL_DOMAIN, type internalCalls, type InternalCalls } from '@shared/ipc/host-protocol'

/** Everything a page may call that the core answers; the shell's own domain never gets here. */
export type CoreHandlers = { [D in Exclude<Domain, 'shell'>]: Handlers<D> }
export type InternalHandlers = {
  [N in (typeof internalCalls)[number]]: (
    input: InternalCalls[N]['input'],
  ) => InternalCalls[N]['output'] | Promise<InternalCalls[N]['output']>
}
export type Router = (domain: string, name: string, input: unknown) => Promise<Result<unknown>>
type Handler = (input: unknown) => unknown

export interface RouterOptions {
  handlers: CoreHandlers
  internal: InternalHandlers
  activity: UserActivity
  tell: TellFault
}
/** Names are looked up as own properties only, input and output are checked here and nowhere else, and whatever is thrown becomes an envelope. */
export const createRouter = ({ handlers, internal, activity, tell }: RouterOptions): Router => {
  const domains: Record<string, object> = { ...handlers, [INTERNAL_DOMAIN]: internal }
  return async (domain, name, input) => {
    try {
      const handler = own<Handler>(own<object>(domains, domain), name)
      if (typeof handler !== 'function') throw new AppError('not-found', `no such call: ${domain}.${name}`)
      // The shell's own questions come from no page.
      if (domain === INTERNAL_DOMAIN) return { ok: true, value: await handler(input) }
      const call = callOf(domain, name)
      const checked = checkedInput(call, input)
      activity.record(`${domain}.${name}`, checked)
      return { ok: true, value: checkedOutput(call, await handler(checked)) }
    } catch (error) {
      return { ok: false, error: tell(`${domain}.${name}`, asAppError(error)) }
    }
  }
}

const own = <T>(object: object | undefined, key: string): T | undefined =>
  object !== undefined && Object.hasOwn(object, key) ? (object as Record<string, T>)[key] : undefined

const callOf = (domain: string, name: string): Call => {
  const call = own<Call>(own<object>(contract, domain), name)
  if (!call) throw new AppError('not-found', `no such call: ${domain}.${name}`)
  return call
}

/** The driver's errors are the local file's fault, and a full disk has a code of its own. */
export const asAppError = (error: unknown): AppError => {
  if (error instanceof AppError) return error
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError('disk-full', 'no space left', {}, { cause: error })
  if (code.startsWith('SQLITE_')) return new AppError('storage', messageOf(error), { reason: code }, { cause: error })
  return AppError.from(error)
}
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
