import { useText, type TextKey } from '@renderer/locales'
import { detailOf } from '@renderer/locales/error-words'
import { useFormat } from '@renderer/ui/context'
import type { AppErrorData } from '@shared/errors'
import type { TestStep } from '@shared/ipc/connections'

/** The TLS library's codes that have an explanation of their own. */
const TLS_REASONS: Record<string, string> = {
  SELF_SIGNED_CERT_IN_CHAIN: 'ownCa',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'selfSigned',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'ownCa',
  UNABLE_TO_GET_ISSUER_CERT: 'ownCa',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'ownCa',
  CERT_HAS_EXPIRED: 'expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'otherHost',
}

/** Nothing came back: behind a proxy it cannot be told who was silent. */
const UNANSWERED: ReadonlySet<string> = new Set(['refused', 'timeout', 'dns', 'offline'])

/** What a server says of the certificate that this program shows: none was shown, or it was not the right one. */
const ownCertificate = (reason: string, shown: boolean): string | null => {
  if (/CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE/.test(reason)) return shown ? 'clientRefused' : 'clientWanted'
  if (/_ALERT_.*(CERTIFICATE|_CA$)/.test(reason)) return 'clientRefused'
  return shown && (reason === 'CLOSED' || reason === 'ECONNRESET') ? 'clientRefused' : null
}

/** Which explanation a failed step gets: by its step where the step knows more, otherwise by the error's code. */
export const failureKey = ({ step, facts }: Pick<TestStep, 'step' | 'facts'>, error: AppErrorData): string => {
  if (facts['proxy'] && UNANSWERED.has(error.code)) return 'proxy'
  const reason = detailOf(error.details, 'reason')
  if (error.code === 'tls')
    return `tls-${TLS_REASONS[reason] ?? ownCertificate(reason, detailOf(error.details, 'ownCertificate') === 'shown') ?? 'other'}`
  if (step === 'rights' && (error.code === 'forbidden' || error.code === 'not-offered')) return 'rights'
  if (error.code === 'forbidden') return 'forbidden'
  return error.code
}

/** Plain words for each step of the connection test: its title, its facts, and for a failure what happened, what is safe, what to do. */
export const useStepWords = () => {
  const t = useText()
  const f = useFormat()
  const text = (facts: TestStep['facts'], name: string): string => String(facts[name] ?? '')
  const count = (facts: TestStep['facts'], name: string): number => {
    const value = facts[name]
    return Array.isArray(value) ? value.length : 0
  }
  const address = (facts: TestStep['facts']): string => {
    if (facts['proxy']) return t('connect.fact.proxy', { proxy: text(facts, 'proxy') })
    const found = facts['addresses'] ?? facts['address']
    return `${text(facts, 'host')} → ${Array.isArray(found) ? found.slice(0, 2).join(', ') : String(found ?? '')}`
  }
  const tls = (facts: TestStep['facts']): string => {
    if (facts['proxy']) return t('connect.fact.tlsProxy')
    if (!facts['protocol']) return t('connect.fact.noTls')
    const until = typeof facts['validTo'] === 'number' ? f.dateShort(facts['validTo']) : text(facts, 'validTo')
    return t('connect.fact.tls', { protocol: text(facts, 'protocol').replace('v', ' '), issuer: text(facts, 'issuer'), until })
  }
  const clock = (facts: TestStep['facts']): string => {
    const skew = Number(facts['skewMs'] ?? 0)
    if (facts['skewMs'] === undefined) return t('connect.fact.clockUnknown')
    return Math.abs(skew) < 60_000 ? t('connect.fact.clockSame') : t('connect.fact.clockOff', { span: f.span(skew) })
  }
  const facts = (step: TestStep): string => {
    if (step.state === 'failed' || step.state === 'running') return ''
    if (step.step === 'address') return address(step.facts)
    if (step.step === 'reach')
      return step.facts['proxy'] ? t('connect.fact.skippedProxy') : t('connect.fact.port', { port: text(step.facts, 'port') })
    if (step.step === 'tls') return tls(step.facts)
    if (step.step === 'clock') return clock(step.facts)
    if (step.step === 'token') return [text(step.facts, 'name'), text(step.facts, 'login')].filter(Boolean).join(', ')
    if (step.step === 'rights')
      return step.facts['clients'] === undefined
        ? t('connect.fact.rights')
        : t('connect.fact.clients', { n: f.num(Number(step.facts['clients'])) }, Number(step.facts['clients']))
    const missing = count(step.facts, 'missing')
    return missing
      ? t('connect.fact.missing', { n: missing, of: missing + count(step.facts, 'offered') }, missing)
      : t('connect.fact.allOffered')
  }
  const failure = (step: TestStep): { happened: string; safe: string; todo: string } | null => {
    if (!step.error) return null
    const key = failureKey(step, step.error)
    const named = {
      host: detailOf(step.error.details, 'host') || text(step.facts, 'host'),
      reason: detailOf(step.error.details, 'reason'),
      port: text(step.facts, 'port'),
      proxy: text(step.facts, 'proxy'),
      status: detailOf(step.error.details, 'status'),
    }
    return {
      happened: t(`connect.failure.${key}.happened` as TextKey, named),
      safe: t(step.step === 'address' || step.step === 'reach' || step.step === 'tls' ? 'connect.safeUnsent' : 'connect.safe'),
      todo: t(`connect.failure.${key}.todo` as TextKey, named),
    }
  }
  return { facts, failure }
}
