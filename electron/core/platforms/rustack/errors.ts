import { boundedFields, boundedWords, type ErrorDialect } from '../http-errors'
import { isRaw } from '../row-reader'

const listOf = (body: unknown, key: string): unknown[] => {
  const value = isRaw(body) ? body[key] : undefined
  return Array.isArray(value) ? value : []
}

/** Django REST Framework's bodies, and what the vendor puts beside them: `error_alias` and `details`. */
export const rustackErrors: ErrorDialect = {
  texts: (body) => (isRaw(body) ? boundedWords([body['detail'], ...listOf(body, 'non_field_errors')]) : []),
  fields: (body) =>
    boundedFields(isRaw(body) ? Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'non_field_errors')) : {}),
  /** `object_locked` passes by itself, and so does a conflict without an alias (older builds); every other alias is final. */
  conflict: (body) => {
    const alias = boundedWords(listOf(body, 'error_alias'))[0] ?? null
    return { passes: alias === null || alias === 'object_locked', alias, objects: listOf(body, 'details') }
  },
}
