import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Breaks } from '../../breaks'
import type { SimClock } from '../../clock'
import { ApiError, NOT_FOUND_PAGE, unauthorized } from './errors'
import type { RequestLog } from './log'
import type { Resource } from './handler'
import { addResource, send } from './resource'
import { languageOf, text } from './texts'
import { addFaultHooks, type createFaultInjection } from './fault-injection'

export interface ApiServerOptions {
  readonly resources: readonly Resource[]
  /** Undefined while the token is revoked. */
  readonly token: () => string | undefined
  readonly faults: ReturnType<typeof createFaultInjection>
  readonly log: RequestLog
  readonly breaks: Breaks
  readonly clock: SimClock
  readonly realNow: () => number
  /** Runs before every request is handled: due jobs end here. */
  readonly before: () => void
}

type TokenState = 'ok' | 'wrong' | 'none'

function tokenState(request: FastifyRequest, token: string | undefined): TokenState {
  const header = request.headers.authorization
  if (header === undefined) return 'none'
  return token !== undefined && header === `Bearer ${token}` ? 'ok' : 'wrong'
}

function addParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) => {
    try {
      done(null, body === '' ? {} : JSON.parse(String(body)))
    } catch {
      done(new ApiError(400, { detail: 'JSON parse error - Expecting value: line 1 column 1 (char 0)' }))
    }
  })
  app.addContentTypeParser('*', (request, _, done) => {
    const language = languageOf(request.headers['accept-language'])
    done(new ApiError(415, { detail: text(language, 'mediaType', request.headers['content-type'] ?? '') }))
  })
}

function addErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((_, reply) => reply.code(404).type('text/html; charset=utf-8').send(NOT_FOUND_PAGE))
  app.setErrorHandler((error, _, reply) => {
    if (error instanceof ApiError) return send(reply, error)
    const status = (error as { statusCode?: number }).statusCode ?? 500
    if (status >= 500) process.stderr.write(`demo: ${String((error as Error).stack ?? error)}\n`)
    return send(reply, { status, body: { detail: status >= 500 ? 'Internal server error.' : 'Bad request.' } })
  })
}

function addLog(app: FastifyInstance, options: ApiServerOptions): void {
  app.addHook('onRequest', async (request, reply) => {
    const at = options.realNow()
    const token = tokenState(request, options.token())
    reply.raw.once('close', () => {
      const [path = '', query = ''] = request.url.split('?', 2)
      const fault = options.faults.faultOf(request)
      const status = reply.raw.writableFinished ? reply.raw.statusCode : 0
      options.log.add({
        at,
        method: request.method,
        path,
        query,
        status,
        token,
        ...(fault === undefined ? {} : { fault }),
        ms: options.realNow() - at,
      })
    })
  })
}

/** The API as an app without a socket: the listener decides when it can be reached. */
export async function apiServer(options: ApiServerOptions): Promise<FastifyInstance> {
  const app = fastify({ logger: false, bodyLimit: 1_048_576, routerOptions: { maxParamLength: 200 } })
  addParsers(app)
  addErrors(app)
  addLog(app, options)
  addFaultHooks(app, options.faults)
  app.addHook('onRequest', async (request, reply) => {
    options.before()
    // The server's clock is the simulated one, so that "as of" and the rows' own times agree.
    reply.header('date', new Date(options.clock.now()).toUTCString())
    reply.header('vary', 'Accept-Language')
    if (request.is404) return
    const state = tokenState(request, options.token())
    if (state !== 'ok') throw unauthorized(languageOf(request.headers['accept-language']), state === 'none' ? 'noCredentials' : 'badToken')
  })
  for (const resource of options.resources) addResource(app, resource, options.breaks)
  await app.ready()
  return app
}
