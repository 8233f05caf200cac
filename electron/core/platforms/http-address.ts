import { isIP } from 'node:net'
import { AppError } from '@shared/errors'

/** This very machine, by name or number. */
export const isLoopback = (host: string): boolean => {
  const bare = host.replace(/^\[|\]$/g, '')
  if (bare === 'localhost' || bare.endsWith('.localhost')) return true
  return isIP(bare) === 4 ? bare.startsWith('127.') : bare === '::1'
}

/**
 * The address of a deployment without a slash at its end. Plain http only to this very machine: anywhere else the
 * token would travel readable.
 * @throws AppError `invalid-input`, details.fields.baseUrl = not-a-url | http-not-loopback | not-http
 */
export const platformAddress = (text: string): { base: string; origin: URL; loopback: boolean } => {
  const origin = URL.canParse(text) ? new URL(text) : null
  if (!origin || origin.username !== '' || origin.password !== '') throw refuse('not-a-url')
  const loopback = isLoopback(origin.hostname)
  if (origin.protocol !== 'https:' && origin.protocol !== 'http:') throw refuse('not-http')
  if (origin.protocol === 'http:' && !loopback) throw refuse('http-not-loopback')
  return { base: `${origin.origin}${origin.pathname}`.replace(/\/+$/, ''), origin, loopback }
}

const refuse = (reason: string): AppError =>
  new AppError('invalid-input', `the address cannot be used: ${reason}`, { fields: { baseUrl: reason } })
