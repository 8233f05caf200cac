import { isLoopback } from './http-address'

export type BaseUrlProblem = 'required' | 'url-invalid' | 'url-scheme' | 'url-not-loopback'
export type BaseUrl = { ok: true; url: string; host: string; port: number; secure: boolean } | { ok: false; problem: BaseUrlProblem }

/**
 * What a person typed or pasted → scheme, host and port, nothing else: a deployment is its host, so the path of a pasted
 * panel address is dropped. No scheme means https; http is taken only for this very machine, where no line can be tapped.
 */
export const parseBaseUrl = (typed: string): BaseUrl => {
  const text = typed.trim()
  if (text === '') return { ok: false, problem: 'required' }
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`)
  if (!url || url.hostname === '' || url.username !== '' || url.password !== '') return { ok: false, problem: 'url-invalid' }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { ok: false, problem: 'url-scheme' }
  const secure = url.protocol === 'https:'
  if (!secure && !isLoopback(url.hostname)) return { ok: false, problem: 'url-not-loopback' }
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port)
  return { ok: true, url: `${url.protocol}//${url.host}`, host: url.hostname.replace(/^\[|\]$/g, ''), port, secure }
}

const parse = (text: string): URL | null => {
  try {
    return new URL(text)
  } catch {
    return null
  }
}
