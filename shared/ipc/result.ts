import { z } from 'zod'
import { AppErrorData } from '../errors'

/** The envelope of every call over IPC: a request always settles, and a raw error never crosses. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: AppErrorData }

export const resultOf = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value }), z.object({ ok: z.literal(false), error: AppErrorData })])
