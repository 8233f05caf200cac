import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Fault, FaultDice } from '../../faults'
import { ApiError, conflict, CRASH_PAGE } from './errors'
import { languageOf, text } from './texts'

/** Latency and faults of each request. They come before the token check, as a real crash would. */
export interface FaultInjection {
  readonly dice: FaultDice
  latencyMs: number
  faultOf(request: FastifyRequest): Fault
}

export function createFaultInjection(
  dice: FaultDice,
  latencyMs: number,
): FaultInjection & { note(request: FastifyRequest, fault: Fault): void } {
  const faults = new WeakMap<FastifyRequest, Fault>()
  return { dice, latencyMs, faultOf: (request) => faults.get(request), note: (request, fault) => void faults.set(request, fault) }
}

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** The socket dies without an answer; the framework must not touch the reply any more. */
function drop(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack()
  request.raw.socket.destroy()
}

/** Half of the crashes are Django's page, half a JSON body, by the request's own number. */
function crash(reply: FastifyReply, page: boolean): FastifyReply {
  if (page) return reply.code(500).type('text/html; charset=utf-8').send(CRASH_PAGE)
  return reply.code(500).type('application/json').send('{"detail":"Internal server error."}')
}

function strike(fault: Fault, request: FastifyRequest, reply: FastifyReply, count: number): FastifyReply | undefined {
  const language = languageOf(request.headers['accept-language'])
  if (fault === '500') return crash(reply, count % 2 === 0)
  if (fault === '429') throw new ApiError(429, { detail: text(language, 'throttled') }, { 'retry-after': '1' })
  if (fault === '409') throw conflict(language, 'object_locked')
  if (fault === 'drop-before') drop(request, reply)
  return undefined
}

/** A cut-off answer, or another program's page in the place of one. */
function garbage(payload: unknown, count: number): string {
  const sent = typeof payload === 'string' ? payload : ''
  return count % 2 === 0 && sent.length > 2 ? sent.slice(0, Math.ceil(sent.length / 2)) : '<html><body>502 upstream</body></html>'
}

export function addFaultHooks(app: FastifyInstance, faults: ReturnType<typeof createFaultInjection>): void {
  let count = 0
  app.addHook('onRequest', async (request, reply) => {
    const { fault, delayMs } = faults.dice.roll()
    faults.note(request, fault)
    if (faults.latencyMs + delayMs > 0) await wait(faults.latencyMs + delayMs)
    return strike(fault, request, reply, ++count)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const fault = faults.faultOf(request)
    if (fault === 'drop-after') {
      drop(request, reply)
      return payload
    }
    if (fault !== 'garbage' || reply.statusCode >= 400) return payload
    reply.code(200).removeHeader('content-length')
    return garbage(payload, ++count)
  })
}
