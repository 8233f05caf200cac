import type { DescribedApi } from '../port/profile'
import { isRaw } from '../row-reader'

/** INFERRED: where Django's usual generator puts it. */
export const DESCRIBED_AT = ['/swagger/?format=openapi', '/swagger.json']

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete'])
const MOST_PATHS = 1000
const MOST_FIELDS = 60
const TEXT = 300
/** A definition may lead to another, and a hostile one to itself. */
const DEEPEST = 6

/** An OpenAPI document (2 or 3), as far as a profile has use for it. @returns null when it is none. */
export const describedApi = (path: string, json: unknown): DescribedApi | null => {
  if (!isRaw(json) || !isRaw(json['paths']) || !('swagger' in json || 'openapi' in json)) return null
  const base = typeof json['basePath'] === 'string' ? json['basePath'].replace(/\/+$/, '') : ''
  const title = isRaw(json['info']) && typeof json['info']['title'] === 'string' ? json['info']['title'].slice(0, TEXT) : null
  const paths = Object.entries(json['paths'])
    .filter((entry): entry is [string, Record<string, unknown>] => isRaw(entry[1]))
    .slice(0, MOST_PATHS)
    .map(([name, item]) => ({
      path: `${base}${name}`.slice(0, TEXT),
      methods: Object.keys(item).filter((method) => METHODS.has(method)),
      fields: fieldsOf(json, item['get']).slice(0, MOST_FIELDS),
    }))
  return { path, title, paths }
}

/** The fields of what a GET answers with: of a row, where it is a list. */
const fieldsOf = (document: Record<string, unknown>, operation: unknown): string[] => {
  const answer = inside(operation, 'responses', '200')
  const schema = inside(answer, 'schema') ?? inside(answer, 'content', 'application/json', 'schema')
  return Object.keys(propertiesOf(document, schema, 0)).map((name) => name.slice(0, 100))
}

const propertiesOf = (document: Record<string, unknown>, schema: unknown, depth: number): Record<string, unknown> => {
  if (!isRaw(schema) || depth > DEEPEST) return {}
  const ref = schema['$ref']
  if (typeof ref === 'string') return propertiesOf(document, inside(document, ...ref.replace(/^#\//, '').split('/')), depth + 1)
  if (schema['type'] === 'array') return propertiesOf(document, schema['items'], depth + 1)
  const properties = isRaw(schema['properties']) ? schema['properties'] : {}
  const list = properties['items'] ?? properties['results']
  return isRaw(list) && list['type'] === 'array' ? propertiesOf(document, list, depth + 1) : properties
}

const inside = (value: unknown, ...keys: string[]): unknown =>
  keys.reduce<unknown>((inner, key) => (isRaw(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), value)
