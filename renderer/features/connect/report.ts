import { detailOf } from '@renderer/locales/error-words'
import type { ConnectionDraft } from '@shared/domain/connections/connection'
import type { TestStep } from '@shared/ipc/connections'
import { stepNames } from './use-test'

/** The test as text for an administrator: steps, facts and codes. Never the token, nor a certificate. */
export const testReport = (draft: ConnectionDraft, steps: Partial<Record<TestStep['step'], TestStep>>): string => {
  const lines = stepNames.map((name) => {
    const step = steps[name]
    if (!step) return `${name}: -`
    const facts = Object.entries(step.facts).map(([key, value]) => `${key}=${Array.isArray(value) ? value.join('+') : String(value)}`)
    const error = step.error ? ` ${step.error.code} ${detailOf(step.error.details, 'reason')}`.trimEnd() : ''
    return `${name}: ${step.state}${step.tookMs === null ? '' : ` ${step.tookMs} ms`}${error} ${facts.join(' ')}`.trimEnd()
  })
  return [`${draft.platform} ${draft.baseUrl}`, ...lines].join('\n')
}
