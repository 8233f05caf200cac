import type { ConnectionDraft } from '@shared/domain/connections/connection'
import { AppError } from '@shared/errors'
import type { AtStart, ConnectionRow, TestStep } from '@shared/ipc/connections'
import { AT_START } from '@shared/ipc/channels'
import { parseBaseUrl } from '../../platforms/base-url'
import { draftOf } from '../../platforms/registry'

export interface Wanted {
  baseUrl: string
  token: string
}
interface Options {
  wanted: Wanted | null
  /** Addresses that are connected already. */
  known: () => string[]
  connect: (draft: ConnectionDraft, run: { testId: string; onStep: (step: TestStep) => void }) => Promise<ConnectionRow>
  /** One line for whoever started the program from a terminal. */
  say: (line: string) => void
  /** The page that waits for the end reads it. */
  ended: () => void
}
export interface FirstConnection {
  /** How the attempt stands, for a form that opens while it is made or after it; null: there is none, or it was made. */
  state(): AtStart | null
  /** @throws AppError when nothing was connected; the form shows the same. */
  run(): Promise<void>
}

/** A deployment named on the command line is connected to once; when that fails, the terminal and the form say why. */
export const createFirstConnection = ({ wanted, known, connect, say, ended }: Options): FirstConnection => {
  const steps = new Map<TestStep['step'], TestStep>()
  let running = wanted !== null
  let error: AppError | null = null
  const isKnown = (baseUrl: string): boolean => {
    const parsed = parseBaseUrl(baseUrl)
    return parsed.ok && known().includes(parsed.url)
  }
  return {
    state: () => {
      if (wanted === null || (!running && error === null) || isKnown(wanted.baseUrl)) return null
      return { baseUrl: wanted.baseUrl, running, steps: [...steps.values()], error: error?.toData() ?? null }
    },
    run: async () => {
      if (wanted === null || isKnown(wanted.baseUrl)) return
      try {
        const draft = draftOf({ name: '', address: wanted.baseUrl, token: wanted.token, proxyUrl: null })
        await connect(draft, { testId: AT_START, onStep: (step) => steps.set(step.step, step) })
      } catch (thrown) {
        error = AppError.from(thrown)
        say(`${wanted.baseUrl} was not connected: ${reasonOf(error, steps)}`)
        throw error
      } finally {
        running = false
        ended()
      }
    },
  }
}

/** The step that failed, the code, and what the platform or a library named as the reason. Never the token. */
const reasonOf = ({ code, details }: AppError, steps: ReadonlyMap<string, TestStep>): string => {
  const failed = [...steps.values()].find(({ state }) => state === 'failed')
  const named = [details['reason'], details['status']].filter((part) => typeof part === 'string' || typeof part === 'number')
  const fields = typeof details['fields'] === 'object' && details['fields'] !== null ? Object.entries(details['fields']) : []
  const parts = [...named.map(String), ...fields.map(([field, problem]) => `${field} ${String(problem)}`)]
  return `${failed ? `step ${failed.step}, ` : ''}${code}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`
}
