import { text, type Language, type TextKey } from './texts'

/** An answer that is no success, thrown from wherever it is found out. */
export class ApiError extends Error {
  readonly status: number
  readonly body: object
  readonly headers: Readonly<Record<string, string>>
  constructor(status: number, body: object, headers: Readonly<Record<string, string>> = {}) {
    super(`answer ${status}`)
    this.status = status
    this.body = body
    this.headers = headers
  }
}

export const missing = () => new ApiError(404, { detail: 'Not found.' })
/** Only port forwardings and the parts of a router say it so. */
export const missingPart = () => new ApiError(404, { non_field_errors: ['Not found'] })
export const pastTheEnd = (page: string) => new ApiError(404, { non_field_errors: [`That page contains no results - ${page}`] })
export const forbidden = (language: Language) => new ApiError(403, { detail: text(language, 'forbidden') })

export function unauthorized(language: Language, key: 'noCredentials' | 'badToken'): ApiError {
  return new ApiError(401, { detail: text(language, key) }, { 'www-authenticate': 'Bearer' })
}

const ALIASES = { object_locked: 'locked', object_protected: 'protected', limit_exceeded: 'limit' } as const satisfies Record<
  string,
  TextKey
>

export function conflict(language: Language, alias: keyof typeof ALIASES, details: unknown[] = []): ApiError {
  return new ApiError(409, { non_field_errors: [text(language, ALIASES[alias])], error_alias: [alias], details })
}

/** What Django sends for an address that no route knows, and for a crash outside the API's own views. */
export const htmlPage = (title: string, body: string) =>
  `<!doctype html>\n<html lang="en">\n<head>\n  <title>${title}</title>\n</head>\n<body>\n  <h1>${title}</h1><p>${body}</p>\n</body>\n</html>\n`
export const NOT_FOUND_PAGE = htmlPage('Not Found', 'The requested resource was not found on this server.')
export const CRASH_PAGE = htmlPage('Server Error (500)', '')
