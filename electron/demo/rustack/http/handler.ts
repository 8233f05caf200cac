import type { Language } from './texts'

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
  /** JSON where nothing else is said. */
  readonly type?: string
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
