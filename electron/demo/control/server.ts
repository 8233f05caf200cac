import { timingSafeEqual } from 'node:crypto'
import { Readable } from 'node:stream'
import fastify, { type FastifyInstance } from 'fastify'
import { openListener } from '../listener'
import { ControlError, type ControlParts } from './parts'
import { addMoving } from './moving'
import { everything } from './everything'
import { isStateDataset, stateText } from './state'

export interface Control {
  readonly url: string
  readonly secret: string
  close(): Promise<void>
}

function sameSecret(sent: unknown, secret: string): boolean {
  if (typeof sent !== 'string' || sent.length !== secret.length) return false
  return timingSafeEqual(Buffer.from(sent), Buffer.from(secret))
}

/** A page in a browser always sends Origin with what could do harm; a program of ours never does. */
function addGate(app: FastifyInstance, secret: string): void {
  app.addHook('onRequest', (request, _, done) => {
    if (request.headers.origin !== undefined) throw new ControlError(403, 'requests with an Origin header are refused')
    if (!sameSecret(request.headers['x-control-secret'], secret))
      throw new ControlError(401, 'the x-control-secret header is missing or wrong')
    done()
  })
  app.setErrorHandler((error, _, reply) => {
    const status = error instanceof ControlError ? error.status : ((error as { statusCode?: number }).statusCode ?? 500)
    return reply.code(status).send({ error: error instanceof Error ? error.message : String(error) })
  })
}

function addReading(app: FastifyInstance, { cloud, api, pace }: ControlParts): void {
  app.get<{ Querystring: { only?: string } }>('/state', (request, reply) =>
    reply.type('application/json').send(everything(cloud, request.query.only?.split(','))),
  )
  app.get<{ Params: { dataset: string } }>('/state/:dataset', (request, reply) => {
    const { dataset } = request.params
    if (!isStateDataset(dataset)) throw new ControlError(404, `no dataset ${dataset}`)
    return reply.type('application/json').send(Readable.from(stateText(cloud, api.reader, dataset)))
  })
  app.get<{ Querystring: { path?: string } }>('/log', (request) => ({
    counters: api.log.counters(),
    entries: api.log.list(request.query.path),
  }))
  app.delete('/log', () => {
    api.log.clear()
    return { ok: true }
  })
  app.get('/clock', () => ({
    now: new Date(cloud.clock.now()).toISOString(),
    speed: cloud.clock.speed(),
    churn: pace.rate(),
    epoch: new Date(cloud.epoch).toISOString(),
  }))
}

/** The demo's second socket, by which a test or the demo's own panel changes the simulated cloud: loopback only, with a secret, not for browsers. */
export async function controlServer(parts: ControlParts): Promise<Control> {
  const app = fastify({ logger: false })
  // A POST without a body is fine: /down and /up need none.
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) => {
    try {
      done(null, body === '' ? null : JSON.parse(String(body)))
    } catch {
      done(new ControlError(400, 'the body is not JSON'))
    }
  })
  addGate(app, parts.secret)
  addReading(app, parts)
  addMoving(app, parts)
  await app.ready()
  const socket = await openListener(
    (request, response) => {
      app.routing(request, response)
    },
    0,
    false,
  )
  return { url: `http://127.0.0.1:${socket.port()}`, secret: parts.secret, close: () => socket.down() }
}
