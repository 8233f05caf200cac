import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Breaks } from '../../breaks'
import { brokenAnswer } from './broken'
import { ApiError, forbidden } from './errors'
import type { Answer, Call, Field, Resource, Verb } from './handler'
import { languageOf, text } from './texts'

/** In the order of the recorded headers. A method that is allowed in general but not to this token is 403, not 405. */
const ALLOW: Record<Resource['kind'], readonly string[]> = {
  list: ['GET', 'POST', 'HEAD', 'OPTIONS'],
  item: ['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
  read: ['GET', 'HEAD', 'OPTIONS'],
  action: ['POST', 'OPTIONS'],
}

const readOnly = (field: Field) => ({ ...field, read_only: false })

/** What the framework answers to OPTIONS: the cheapest way to learn a deployment's real fields. */
function metadata(resource: Resource): object {
  const about = { name: resource.name, description: '', renders: ['application/json'], parses: ['application/json'] }
  if (resource.writable === undefined) return about
  const fields = Object.fromEntries(Object.entries(resource.writable).map(([name, field]) => [name, readOnly(field)]))
  return { ...about, actions: { [resource.kind === 'item' ? 'PUT' : 'POST']: fields } }
}

function callOf(request: FastifyRequest): Call {
  const mark = request.url.indexOf('?')
  return {
    params: request.params as Record<string, string>,
    query: new URLSearchParams(mark < 0 ? '' : request.url.slice(mark + 1)),
    body: request.body ?? {},
    language: languageOf(request.headers['accept-language']),
  }
}

/** `disk` or `client/limit` for a list of the API, by which it can be broken; undefined for a single record. */
export function listName({ path, handlers }: Resource): string | undefined {
  const parts = path.split('/').slice(2)
  if (handlers.GET === undefined || parts.at(-1)?.startsWith(':') !== false) return undefined
  return parts.filter((part) => !part.startsWith(':')).join('/')
}

type Outcome = Answer | 'never'

/** A list that is broken: undefined when it is not, or nobody asks for the list. */
function struck(resource: Resource, request: FastifyRequest, breaks: Breaks): Outcome | undefined {
  const list = request.method === 'GET' ? listName(resource) : undefined
  const strike = list === undefined ? undefined : breaks.strike(list)
  const handler = resource.handlers.GET
  if (strike === undefined || handler === undefined) return undefined
  const { kind, count } = strike
  return kind === 'hang' ? 'never' : brokenAnswer({ kind, count }, callOf(request), handler)
}

function answer(resource: Resource, request: FastifyRequest): Answer {
  if (request.method === 'OPTIONS') return { status: 200, body: metadata(resource) }
  const call = callOf(request)
  const handler = resource.handlers[(request.method === 'HEAD' ? 'GET' : request.method) as Verb]
  if (handler !== undefined) return handler(call)
  if (ALLOW[resource.kind].includes(request.method)) throw forbidden(call.language)
  throw new ApiError(405, { detail: text(call.language, 'method', request.method) })
}

export async function send(reply: FastifyReply, { status, body, headers = {}, type = 'application/json' }: Answer): Promise<void> {
  for (const [name, value] of Object.entries(headers)) reply.header(name, value)
  if (body === undefined) return reply.code(status ?? 204).send()
  return reply
    .code(status ?? 200)
    .type(type)
    .send(typeof body === 'string' ? body : JSON.stringify(body))
}

export function addResource(app: FastifyInstance, resource: Resource, breaks: Breaks): void {
  app.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: resource.path,
    handler: async (request, reply) => {
      reply.header('allow', ALLOW[resource.kind].join(', '))
      const outcome = struck(resource, request, breaks) ?? answer(resource, request)
      // Never answered: the socket stays open until the other side has had enough.
      if (outcome === 'never') return reply.hijack()
      return send(reply, outcome)
    },
  })
}
