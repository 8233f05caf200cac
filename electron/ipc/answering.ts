import type { IpcMainInvokeEvent } from 'electron'
import type { z } from 'zod'
import { AppError, AppErrorData } from '@shared/errors'
import type { Call } from '@shared/ipc/call'
import type { Result } from '@shared/ipc/result'
import { failure, hiddenFailure, LARGEST_MESSAGE, sizeOf } from './envelope'
import type { Answer } from './registrar'

type AnyHandler = (input: never) => unknown

export interface AnsweringSetup {
  isTrusted: (event: IpcMainInvokeEvent) => boolean
  contract: Record<string, Record<string, Call>>
  shellHandlers: Record<string, AnyHandler>
  callCore: (domain: string, name: string, input: unknown) => Promise<Result<unknown>>
  onCalled: (event: IpcMainInvokeEvent) => void
  log: (what: string, details: unknown) => void
  faultNumber: () => string
}

const fieldsOf = (error: z.ZodError): string[] => [...new Set(error.issues.map((issue) => issue.path.join('.')))].slice(0, 20)

const own = <T>(table: Record<string, T>, name: string): T => {
  const found = Object.hasOwn(table, name) ? table[name] : undefined
  if (found === undefined) throw new AppError('not-found', 'no such call')
  return found
}

const checkedInput = (call: Call, input: unknown): unknown => {
  const size = sizeOf(input)
  if (size === null || size > LARGEST_MESSAGE) throw new AppError('invalid-input', 'the message is too large', { fields: [] })
  const parsed = call.input.safeParse(input)
  if (!parsed.success) throw new AppError('invalid-input', 'the input is not what the call takes', { fields: fieldsOf(parsed.error) })
  return parsed.data
}

const checkedOutput = (call: Call, value: unknown): unknown => {
  const parsed = call.output.safeParse(value)
  if (!parsed.success) throw new AppError('internal', `the answer is not what the call gives: ${fieldsOf(parsed.error).join(', ')}`)
  if ((sizeOf(parsed.data) ?? Infinity) > LARGEST_MESSAGE) throw new AppError('internal', 'the answer is too large')
  return parsed.data
}

/** Answers every call with an envelope: sender, then input, then the call itself, then what it gave back. */
export const answering =
  (setup: AnsweringSetup): Answer =>
  async (event, { domain, name }, input) => {
    if (!setup.isTrusted(event)) {
      setup.log('a call from a stranger was refused', { domain, name })
      return failure(new AppError('forbidden', 'this page may not call'))
    }
    setup.onCalled(event)
    try {
      const call = own(own(setup.contract, domain), name)
      const checked = checkedInput(call, input)
      const result = domain === 'shell' ? await callShell(setup, name, checked) : await setup.callCore(domain, name, checked)
      return result.ok ? { ok: true, value: checkedOutput(call, result.value) } : { ok: false, error: AppErrorData.parse(result.error) }
    } catch (error) {
      if (error instanceof AppError && error.code !== 'internal') return failure(error)
      const number = setup.faultNumber()
      setup.log(`fault ${number} in ${domain}.${name}`, error)
      return hiddenFailure(number)
    }
  }

const callShell = async (setup: AnsweringSetup, name: string, input: unknown): Promise<Result<unknown>> => {
  const handler = own(setup.shellHandlers, name)
  return { ok: true, value: await handler(input as never) }
}
