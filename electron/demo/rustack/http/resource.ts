import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ApiError, forbidden } from './errors'
import { languageOf, text, type Language } from './texts'

export interface Call {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: unknown
  readonly language: Language
}
/** A string is ready JSON; no body = 204. */
export interface Answer {
  readonly status?: number
  readonly body?: string | object
  readonly headers?: Readonly<Record<string, string>>
}
export type Handler = (call: Call) => Answer
export type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Field {
  readonly type: string
  readonly required: boolean
  readonly label: string
  readonly max_length?: number | undefined
  readonly choices?: readonly { value: string; display_name: string }[]
}

export interface Resource {
  readonly path: string
  readonly name: string
  readonly kind: 'list' | 'item' | 'read' | 'action'
  readonly handlers: Partial<Record<Verb, Handler>>
  readonly writable?: Readonly<Record<string, Field>>
}

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

function answer(resource: Resource, request: FastifyRequest): Answer {
  if (request.method === 'OPTIONS') return { status: 200, body: metadata(resource) }
  const call = callOf(request)
  const handler = resource.handlers[(request.method === 'HEAD' ? 'GET' : request.method) as Verb]
  if (handler !== undefined) return handler(call)
  if (ALLOW[resource.kind].includes(request.method)) throw forbidden(call.language)
  throw new ApiError(405, { detail: text(call.language, 'method', request.method) })
}

export async function send(reply: FastifyReply, { status, body, headers = {} }: Answer): Promise<void> {
  for (const [name, value] of Object.entries(headers)) reply.header(name, value)
  if (body === undefined) return reply.code(status ?? 204).send()
  return reply
    .code(status ?? 200)
    .type('application/json')
    .send(typeof body === 'string' ? body : JSON.stringify(body))
}

export function addResource(app: FastifyInstance, resource: Resource): void {
  app.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: resource.path,
    handler: async (request, reply) => {
      reply.header('allow', ALLOW[resource.kind].join(', '))
      return send(reply, answer(resource, request))
    },
  })
}
