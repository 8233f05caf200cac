import type { BreakKind } from '../../breaks'
import { seededRandom } from '../../random'
import { ApiError, CRASH_PAGE, forbidden, htmlPage, NOT_FOUND_PAGE } from './errors'
import type { Answer, Call, Handler } from './handler'
import { text } from './texts'

/** The answers of a list that is broken. Those that look like answers are made of the true one. */
type Strike = (call: Call, handler: Handler, count: number) => Answer
interface Listed {
  items: Record<string, unknown>[]
  total?: number
  limit?: number
}

const HTML = 'text/html; charset=utf-8'
/** The page at which a list without a total breaks off. */
const CUT_AT = 6

const textOf = ({ body }: Answer) => (typeof body === 'string' ? body : JSON.stringify(body))
const pageOf = (call: Call) => Number(call.query.get('page') ?? '1')

function atPage(call: Call, page: number): Call {
  const query = new URLSearchParams(call.query)
  query.set('page', String(page))
  return { ...call, query }
}

function listed(call: Call, handler: Handler): Listed {
  const answer = JSON.parse(textOf(handler(call))) as Listed | Listed['items']
  return Array.isArray(answer) ? { items: answer } : answer
}

/** Any page comes in the place of any other, so that some rows come twice and others not at all. */
const moving: Strike = (call, handler, count) => {
  const { total = 0, limit = 1 } = listed(atPage(call, 1), handler)
  const pages = Math.max(1, Math.ceil(total / limit))
  const page = pageOf(call)
  return handler(atPage(call, page > pages ? page : seededRandom('moving', count).int(1, pages)))
}

/** The same page for ever, and no word of how many there are. */
const repeat: Strike = (call, handler) => {
  const { items, limit } = listed(atPage(call, 1), handler)
  return { body: { items, limit } }
}

/** Ids that are none: nobody can tell which row each is, though the rest of it is whole. */
const unreadable: Strike = (call, handler) => {
  const page = listed(call, handler)
  return { body: { ...page, items: page.items.map((row) => ({ ...row, id: {} })) } }
}

const withTotal =
  (total: (page: Listed) => number): Strike =>
  (call, handler) => {
    const page = listed(call, handler)
    return { body: { ...page, total: total(page) } }
  }

const cut: Strike = (call, handler) => {
  if (pageOf(call) >= CUT_AT) throw new ApiError(404, { non_field_errors: [`That page contains no results - ${pageOf(call)}`] })
  const { items, limit } = listed(call, handler)
  return { body: { items, limit } }
}

const crash: Strike = (_, __, count) =>
  count % 2 === 0 ? { status: 500, body: CRASH_PAGE, type: HTML } : { status: 500, body: { detail: 'Internal server error.' } }

const refuse =
  (error: (call: Call) => ApiError): Strike =>
  (call) => {
    throw error(call)
  }

const STRIKES: Readonly<Record<Exclude<BreakKind, 'hang'>, Strike>> = {
  '500': crash,
  '403': refuse(({ language }) => forbidden(language)),
  '404': () => ({ status: 404, body: NOT_FOUND_PAGE, type: HTML }),
  '400': refuse(() => new ApiError(400, { non_field_errors: ['Bad request.'] })),
  '429': refuse(({ language }) => new ApiError(429, { detail: text(language, 'throttled') }, { 'retry-after': '1' })),
  garbage: (call, handler) => {
    const whole = textOf(handler(call))
    return { body: whole.slice(0, Math.ceil(whole.length / 2)) }
  },
  html: () => ({ body: htmlPage('Вход', 'Войдите, чтобы продолжить.'), type: HTML }),
  empty: (call, handler) => ({ body: { items: [], total: 0, limit: listed(atPage(call, 1), handler).limit } }),
  bare: () => ({ body: [] }),
  repeat,
  moving,
  unreadable,
  'page-total': withTotal(({ items }) => items.length),
  'half-total': withTotal(({ total = 0 }) => Math.floor(total / 2)),
  cut,
}

export function brokenAnswer(struck: { kind: Exclude<BreakKind, 'hang'>; count: number }, call: Call, handler: Handler): Answer {
  return STRIKES[struck.kind](call, handler, struck.count)
}
