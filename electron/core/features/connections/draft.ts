import { createPrivateKey, X509Certificate } from 'node:crypto'
import { AppError } from '@shared/errors'
import type { ConnectionDraft } from '@shared/ipc/connections'
import { parseBaseUrl } from './base-url'

/** Why a field is refused, as codes; the renderer owns the words. */
export type FieldProblem =
  'required' | 'url-invalid' | 'url-scheme' | 'url-not-loopback' | 'token-invalid' | 'pem-invalid' | 'pair-needed' | 'already-connected'
export type FieldProblems = Partial<Record<keyof ConnectionDraft, FieldProblem>>

export const invalidInput = (fields: Record<string, string>): AppError => new AppError('invalid-input', 'fields are not valid', { fields })

/** Checks everything that can be known without a network, and gives the draft back normalised. */
export const checkDraft = (draft: ConnectionDraft): ConnectionDraft & { host: string; port: number; secure: boolean } => {
  const base = parseBaseUrl(draft.baseUrl)
  const token = draft.token.trim()
  const fields: FieldProblems = { ...tokenProblem(token), ...pemProblems(draft), ...proxyProblem(draft.proxyUrl) }
  if (!base.ok) fields.baseUrl = base.problem
  if (!base.ok || Object.keys(fields).length > 0) throw invalidInput(fields)
  const name = draft.name.trim() === '' ? base.host : draft.name.trim()
  return { ...draft, token, name, baseUrl: base.url, host: base.host, port: base.port, secure: base.secure }
}

const tokenProblem = (token: string): FieldProblems => {
  if (token === '') return { token: 'required' }
  // It goes into a header: no blanks, no line ends, ASCII only.
  return /^[\x21-\x7e]+$/.test(token) ? {} : { token: 'token-invalid' }
}

const pemProblems = ({ caPem, clientCertPem, clientKeyPem }: ConnectionDraft): FieldProblems => ({
  ...(caPem !== null && !isCertificate(caPem) ? { caPem: 'pem-invalid' } : {}),
  ...(clientCertPem !== null && !isCertificate(clientCertPem) ? { clientCertPem: 'pem-invalid' } : {}),
  ...(clientKeyPem !== null && !isKey(clientKeyPem) ? { clientKeyPem: 'pem-invalid' } : {}),
  ...(clientCertPem === null && clientKeyPem !== null ? { clientCertPem: 'pair-needed' } : {}),
  ...(clientCertPem !== null && clientKeyPem === null ? { clientKeyPem: 'pair-needed' } : {}),
})

const proxyProblem = (proxyUrl: string | null): FieldProblems =>
  proxyUrl === null || proxyUrl === '' || /^https?:\/\/[^\s/]+\/?$/.test(proxyUrl) ? {} : { proxyUrl: 'url-invalid' }

const succeeds = (work: () => unknown): boolean => {
  try {
    work()
    return true
  } catch {
    return false
  }
}
const isCertificate = (pem: string): boolean => succeeds(() => new X509Certificate(pem))
const isKey = (pem: string): boolean => succeeds(() => createPrivateKey(pem))
