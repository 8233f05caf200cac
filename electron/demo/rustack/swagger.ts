import type { Resource, Verb } from './http/handler'
import { listName } from './http/resource'

/** What some deployments say of their API, as drf-yasg writes it: paths, methods, and the fields of a row. */
export function swaggerRoute(resources: readonly Resource[]): Resource {
  const paths = () => Object.fromEntries(resources.map((one) => [one.path.replace(/^\/v1/, '').replace(/:(\w+)/g, '{$1}'), described(one)]))
  return {
    path: '/swagger/',
    name: 'Swagger',
    kind: 'read',
    handlers: {
      GET: (call) =>
        call.query.get('format') === 'openapi'
          ? { body: { swagger: '2.0', info: { title: 'Cloud API', version: 'v1' }, basePath: '/v1', paths: paths() } }
          : { type: 'text/html', body: '<!doctype html><title>Swagger</title>' },
    },
  }
}

function described(resource: Resource): object {
  const verbs = Object.keys(resource.handlers) as Verb[]
  return Object.fromEntries(verbs.map((verb) => [verb.toLowerCase(), verb === 'GET' ? operation(resource) : {}]))
}

function operation(resource: Resource): object {
  const properties = Object.fromEntries(fieldsOf(resource).map((name) => [name, {}]))
  const rows = { type: 'array', items: { type: 'object', properties } }
  return { responses: { 200: { schema: { type: 'object', properties: { items: rows } } } } }
}

/** From the first row of a list over everything; what belongs to one owner is described without its fields. */
function fieldsOf(resource: Resource): string[] {
  if (resource.path.includes(':') || listName(resource) === undefined) return []
  const answer = resource.handlers.GET?.({ params: {}, query: new URLSearchParams('page=1'), body: {}, language: 'ru' })
  const page = typeof answer?.body === 'string' ? (JSON.parse(answer.body) as { items?: object[] }) : undefined
  return Object.keys(page?.items?.[0] ?? {})
}
