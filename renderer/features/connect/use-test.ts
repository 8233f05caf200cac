import { api, ApiError, on } from '@renderer/api/client'
import { AT_START } from '@shared/ipc/channels'
import type { ConnectionDraft } from '@shared/domain/connections/connection'
import type { AtStart, TestStep } from '@shared/ipc/connections'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { detailOf } from '@renderer/locales/error-words'

/** The order of the test, as the program runs it. */
export const stepNames = ['address', 'reach', 'tls', 'clock', 'token', 'rights', 'features'] as const satisfies readonly TestStep['step'][]

/** Runs the test of a draft; steps arrive one by one. A second run ends the first. */
export const useTest = () => {
  const steps = shallowRef<Partial<Record<TestStep['step'], TestStep>>>({})
  const running = ref(false)
  const passedFor = ref<string | null>(null)
  const error = shallowRef<ApiError | null>(null)
  let testId = ''

  const end = on('testStep', (step) => {
    if (step.testId === testId) steps.value = { ...steps.value, [step.step]: step }
  })
  const cancel = (): void => {
    if (running.value) void api.connections.cancelTest({ testId })
  }
  const run = async (draft: ConnectionDraft, stamp: string): Promise<void> => {
    cancel()
    testId = crypto.randomUUID()
    const mine = testId
    steps.value = {}
    error.value = passedFor.value = null
    running.value = true
    try {
      const report = await api.connections.test({ testId: mine, draft })
      if (mine !== testId) return
      steps.value = Object.fromEntries(report.steps.map((step) => [step.step, step]))
      passedFor.value = report.ok ? stamp : null
    } catch (thrown) {
      if (mine !== testId) return
      error.value = ApiError.from(thrown)
      throw thrown
    } finally {
      if (mine === testId) running.value = false
    }
  }
  /** Shows the test that the command line asked for, unless another was run meanwhile. */
  const adopt = (start: AtStart): void => {
    if (testId !== '' && testId !== AT_START) return
    testId = AT_START
    steps.value = Object.fromEntries(start.steps.map((step) => [step.step, step]))
    running.value = start.running
    const explained = start.error === null || start.steps.some(({ state }) => state === 'failed')
    error.value = explained || start.error === null ? null : new ApiError(start.error)
  }
  const failed = computed(() => stepNames.find((name) => steps.value[name]?.state === 'failed') ?? null)
  const started = computed(() => Object.keys(steps.value).length > 0)
  onScopeDispose(() => {
    end()
    cancel()
  })
  return { steps, running, passedFor, error, failed, started, run, cancel, adopt }
}
export type ConnectionTest = ReturnType<typeof useTest>

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
