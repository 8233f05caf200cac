import { z } from 'zod'
import { AppError, AppErrorData } from '../errors'

/** One call: what goes in and what comes out, both checked at the border. */
export interface Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  input: I
  output: O
}
export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Call<I, O> => ({ input, output })

const MOST_FIELDS = 20
const fieldsOf = (error: z.ZodError): string[] => [...new Set(error.issues.map((issue) => issue.path.join('.')))].slice(0, MOST_FIELDS)

/** @throws AppError `invalid-input`, with the names of the fields and nothing of what stood in them */
export const checkedInput = (call: Call, input: unknown): unknown => {
  const parsed = call.input.safeParse(input)
  if (!parsed.success) throw new AppError('invalid-input', 'the input is not what the call takes', { fields: fieldsOf(parsed.error) })
  return parsed.data
}

/** What the contract does not name is left out. @throws AppError `internal`: a fault of our own */
export const checkedOutput = (call: Call, value: unknown): unknown => {
  const parsed = call.output.safeParse(value)
  if (!parsed.success) throw new AppError('internal', `the answer is not what the call gives: ${fieldsOf(parsed.error).join(', ')}`)
  return parsed.data
}

/** The envelope of every call over IPC: a request always settles, and a raw error never crosses. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: AppErrorData }

export const resultOf = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value }), z.object({ ok: z.literal(false), error: AppErrorData })])
