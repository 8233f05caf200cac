import { AppError } from '@shared/errors'
import { testSteps, type TestStep } from '@shared/ipc/connections'
import type { PlatformAdapter, ProbeReport } from '../../platforms/port/core'
import {
  addressStep,
  clockStep,
  featuresOutcome,
  reachStep,
  rightsOutcome,
  tlsStep,
  tokenOutcome,
  type StepName,
  type StepOutcome,
  type TestTarget,
} from './test-steps'

export interface TestRun {
  testId: string
  target: TestTarget
  adapter: PlatformAdapter
  now: () => number
  signal: AbortSignal
  onStep: (step: TestStep) => void
}
export interface TestReport {
  ok: boolean
  steps: TestStep[]
  probe: ProbeReport | null
  /** The first failure. */
  error: AppError | null
}

/** Runs the steps in their order; the first that fails ends the test, and each is told as it begins and as it ends. */
export const runTest = async (run: TestRun): Promise<TestReport> => {
  const report: TestReport = { ok: true, steps: [], probe: null, error: null }
  for (const name of testSteps) {
    run.onStep({ testId: run.testId, step: name, state: 'running', tookMs: null, facts: {}, error: null })
    const startedAt = run.now()
    const outcome = await outcomeOf(name, run, report)
    const step = toStep(run, name, { outcome, tookMs: run.now() - startedAt })
    report.steps.push(step)
    run.onStep(step)
    if (outcome.state !== 'failed') continue
    report.ok = false
    report.error = outcome.error
    break
  }
  return report
}

const outcomeOf = async (name: StepName, run: TestRun, report: TestReport): Promise<StepOutcome> => {
  if (run.signal.aborted) return { state: 'failed', facts: {}, error: new AppError('cancelled', 'the test was cancelled') }
  try {
    return await stepOf[name](run, report)
  } catch (error) {
    return { state: 'failed', facts: {}, error: AppError.from(error) }
  }
}

const stepOf: Record<StepName, (run: TestRun, report: TestReport) => StepOutcome | Promise<StepOutcome>> = {
  address: ({ target }) => addressStep(target),
  reach: ({ target, signal }) => reachStep(target, signal),
  tls: ({ target, signal, now }) => tlsStep(target, { signal, now: now() }),
  clock: ({ adapter, signal, now }) => clockStep(adapter, { signal, now }),
  token: async ({ adapter, signal }, report) => {
    report.probe = await adapter.probe(signal)
    return tokenOutcome(report.probe)
  },
  rights: (_run, report) => rightsOutcome(probed(report)),
  features: (_run, report) => featuresOutcome(probed(report)),
}

const probed = ({ probe }: TestReport): ProbeReport => {
  if (!probe) throw new AppError('internal', 'the probe has not run')
  return probe
}

const toStep = (
  { testId, target: { proxy } }: TestRun,
  step: StepName,
  { outcome, tookMs }: { outcome: StepOutcome; tookMs: number },
): TestStep => ({
  testId,
  step,
  state: outcome.state,
  tookMs: Math.max(0, Math.round(tookMs)),
  // Behind a proxy a failure may be the proxy's: whoever explains it has to know.
  facts: outcome.state === 'failed' && proxy !== null ? { ...outcome.facts, proxy } : outcome.facts,
  error: outcome.state === 'failed' ? outcome.error.toData() : null,
})
