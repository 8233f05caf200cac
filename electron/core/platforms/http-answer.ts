import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '@shared/errors'
import type { Clock } from '../clock'
import { networkError, statusError, type ErrorDialect } from './http-errors'

/** An answer as it came, whatever its body. */
export interface Answered<T> {
  status: number
  body: T
  header: (name: string) => string | null
}
export interface HttpAnswer {
  status: number
  /** null for an answer without a body. */
  json: unknown
  /** Server time (Date header), UTC ms; our clock, and `dated` false, where there is none. */
  at: number
  dated: boolean
  header: (name: string) => string | null
}
export interface Downloaded {
  bytes: number
  /** What the platform calls it; null where it does not say. */
  type: string | null
  at: number
}
interface Reading {
  clock: Pick<Clock, 'now'>
  errors: ErrorDialect
}

const timeOf = ({ header }: Pick<Answered<unknown>, 'header'>, clock: Pick<Clock, 'now'>): { at: number; dated: boolean } => {
  const date = Date.parse(header('date') ?? '')
  return Number.isFinite(date) ? { at: date, dated: true } : { at: clock.now(), dated: false }
}
const succeeded = ({ status }: Answered<unknown>): boolean => status >= 200 && status < 300

const refusal = (answer: Answered<unknown>, text: unknown, { clock, errors }: Reading): AppError => {
  const { at, dated } = timeOf(answer, clock)
  const parsed = parse(text)
  return statusError({
    ...{ status: answer.status, body: parsed.ok ? parsed.json : null, retryAfter: answer.header('retry-after') },
    ...{ at: dated ? at : null, clock, dialect: errors },
  })
}

export const readJson = (answer: Answered<string>, reading: Reading): HttpAnswer => {
  const { status, body, header } = answer
  if (!succeeded(answer)) throw refusal(answer, body, reading)
  const parsed = parse(body)
  if (!parsed.ok) throw new AppError('bad-answer', 'the answer is no JSON', { status })
  return { status, json: parsed.json, header, ...timeOf(answer, reading.clock) }
}

interface Storing extends Reading {
  into: Writable
  signal: AbortSignal
  host: string
}
export const storeBody = async (answer: Answered<Readable>, { into, signal, host, ...reading }: Storing): Promise<Downloaded> => {
  const { body, header } = answer
  if (!succeeded(answer)) throw refusal(answer, await startOf(body), reading)
  let bytes = 0
  const counted = async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      bytes += piece.length
      yield piece
    }
  }
  // Each end takes the other down with it: the one that failed first is to blame.
  let failed: 'platform' | 'here' | null = null
  body.once('error', () => (failed ??= 'platform'))
  into.once('error', () => (failed ??= 'here'))
  await pipeline(body, counted, into, { signal }).catch((error: unknown) => {
    if (signal.aborted) throw networkError({ code: 'ERR_CANCELED', host })
    if (failed === 'here') throw error
    throw networkError({ code: error instanceof Error && 'code' in error ? String(error.code) : 'ECONNRESET', host })
  })
  return { bytes, type: header('content-type'), at: timeOf(answer, reading.clock).at }
}

const MOST_OF_REFUSAL = 100_000
/** The words of a refusal: no more of it than anyone reads. */
const startOf = async (body: Readable): Promise<string> => {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of body as AsyncIterable<Buffer>) {
    pieces.push(piece)
    size += piece.length
    if (size > MOST_OF_REFUSAL) break
  }
  return Buffer.concat(pieces).toString('utf8')
}

const parse = (text: unknown): { ok: true; json: unknown } | { ok: false } => {
  if (typeof text !== 'string' || text === '') return { ok: true, json: null }
  try {
    return { ok: true, json: JSON.parse(text) as unknown }
  } catch {
    return { ok: false }
  }
}
