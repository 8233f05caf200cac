import type { IpcMainInvokeEvent } from 'electron'
import { AppError, AppErrorData } from '@shared/errors'
import { type Call, checkedInput, checkedOutput, type Result } from '@shared/ipc/call'
import { failure, hiddenFailure, LARGEST_MESSAGE, sizeOf } from './envelope'
import type { Answer } from './registrar'

type AnyHandler = (input: never) => unknown

export interface AnsweringSetup {
  isTrusted: (event: IpcMainInvokeEvent) => boolean
  shellContract: Record<string, Call>
  shellHandlers: Record<string, AnyHandler>
  callCore: (domain: string, name: string, input: unknown) => Promise<Result<unknown>>
  onCalled: (event: IpcMainInvokeEvent) => void
  log: (what: string, details: unknown) => void
  faultNumber: () => string
}

const own = <T>(table: Record<string, T>, name: string): T => {
  const found = Object.hasOwn(table, name) ? table[name] : undefined
  if (found === undefined) throw new AppError('not-found', 'no such call')
  return found
}

const smallEnough = (value: unknown, error: AppError): unknown => {
  const size = sizeOf(value)
  if (size === null || size > LARGEST_MESSAGE) throw error
  return value
}

/**
 * Answers every call with an envelope: sender, name and size are looked at here. What a message holds is checked once, where
 * it is answered: by the core for its calls, here for the shell's own.
 */
export const answering =
  (setup: AnsweringSetup): Answer =>
  async (event, { domain, name }, input) => {
    if (!setup.isTrusted(event)) {
      setup.log('a call from a stranger was refused', { domain, name })
      return failure(new AppError('forbidden', 'this page may not call'))
    }
    setup.onCalled(event)
    try {
      smallEnough(input, new AppError('invalid-input', 'the message is too large', { fields: [] }))
      const result = domain === 'shell' ? await callShell(setup, name, input) : await setup.callCore(domain, name, input)
      if (!result.ok) return { ok: false, error: AppErrorData.parse(result.error) }
      return { ok: true, value: smallEnough(result.value, new AppError('internal', 'the answer is too large')) }
    } catch (error) {
      if (error instanceof AppError && error.code !== 'internal') return failure(error)
      const number = setup.faultNumber()
      setup.log(`fault ${number} in ${domain}.${name}`, error)
      return hiddenFailure(number)
    }
  }

const callShell = async ({ shellContract, shellHandlers }: AnsweringSetup, name: string, input: unknown): Promise<Result<unknown>> => {
  const call = own(shellContract, name)
  const value = await own(shellHandlers, name)(checkedInput(call, input) as never)
  return { ok: true, value: checkedOutput(call, value) }
}
