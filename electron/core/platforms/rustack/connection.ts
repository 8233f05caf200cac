import { createPrivateKey, X509Certificate } from 'node:crypto'
import { usualZones } from '@shared/domain/time'
import type { RustackDraft, RustackSecrets } from '@shared/domain/connections/rustack'
import { parseBaseUrl, type BaseUrlProblem } from '../base-url'
import { createTransport } from '../http'
import { invalidInput, type PlatformDefinition } from '../port/definition'
import { createRustackAdapter } from './adapter'
import { rustackErrors } from './errors'
import { rustackProfile, profileFrom } from './profile-text'

/** Why a field is refused, as codes; the renderer owns the words. */
type FieldProblem = BaseUrlProblem | 'token-invalid' | 'pem-invalid' | 'pair-needed'
type FieldProblems = Partial<Record<keyof RustackDraft, FieldProblem>>

const languages = { ru: 'ru-ru', en: 'en-us' }
const PLATFORM = 'rustack'

/** РУСТЭК-ЕСУ as the rest of the core sees it: a deployment's address and a token. */
export const rustack: PlatformDefinition<typeof PLATFORM> = {
  check: (draft) => {
    const base = parseBaseUrl(draft.baseUrl)
    const token = draft.token.trim()
    const fields: FieldProblems = { ...tokenProblem(token), ...pemProblems(draft), ...proxyProblem(draft.proxyUrl) }
    if (!base.ok) fields.baseUrl = base.problem
    if (!base.ok || Object.keys(fields).length > 0) throw invalidInput(fields)
    const { utcOffsetMinutes, caPem, clientCertPem, clientKeyPem, proxyUrl } = draft
    return {
      name: draft.name.trim() === '' ? base.host : draft.name.trim(),
      settings: { platform: PLATFORM, baseUrl: base.url, utcOffsetMinutes, caPem, clientCertPem, proxyUrl, profile: null },
      secrets: { platform: PLATFORM, token, clientKeyPem },
    }
  },
  draftOf: ({ name, address, token, proxyUrl }) => ({
    ...{ platform: PLATFORM, name, baseUrl: address, token, proxyUrl, ...usualZones },
    ...{ caPem: null, clientCertPem: null, clientKeyPem: null },
  }),
  create: ({ settings, secrets, language, pageSize, clock, resolveProxy }) =>
    createRustackAdapter({
      ...{ settings, pageSize, clock },
      profile: profileFrom(settings.profile),
      transport: createTransport({
        settings: { ...settings, clientKeyPem: secrets.clientKeyPem },
        headers: { Authorization: `Bearer ${secrets.token}`, 'Accept-Language': languages[language] },
        errors: rustackErrors,
        ...{ clock, resolveProxy },
      }),
    }),
  address: ({ baseUrl }) => baseUrl,
  movedTo: (settings, address) => ({ ...settings, baseUrl: address.replace(/\/$/, '') }),
  endpoint: (settings, { clientKeyPem }) => {
    const base = parseBaseUrl(settings.baseUrl)
    if (!base.ok) throw invalidInput({ baseUrl: base.problem })
    const { caPem, clientCertPem, proxyUrl } = settings
    return { host: base.host, port: base.port, secure: base.secure, proxyUrl, caPem, clientCertPem, clientKeyPem }
  },
  withToken: (typed, old) => {
    const token = typed.trim()
    const problems = tokenProblem(token)
    if (problems.token !== undefined) throw invalidInput({ token: problems.token })
    return { platform: PLATFORM, token, clientKeyPem: old?.clientKeyPem ?? null } satisfies RustackSecrets
  },
  zone: ({ utcOffsetMinutes }) => utcOffsetMinutes,
  withZone: (settings, utcOffsetMinutes) => ({ ...settings, utcOffsetMinutes }),
  profile: rustackProfile,
}

const tokenProblem = (token: string): FieldProblems => {
  if (token === '') return { token: 'required' }
  // It goes into a header: no blanks, no line ends, ASCII only.
  return /^[\x21-\x7e]+$/.test(token) ? {} : { token: 'token-invalid' }
}

const pemProblems = ({ caPem, clientCertPem, clientKeyPem }: RustackDraft): FieldProblems => ({
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
