import type { Page } from 'playwright-core'
import type { SyncStatus } from '@shared/ipc/sync'
import { startConsole, type RunningConsole } from '../../e2e/support/console-process'
import { inPageTools } from './page'

/** The built program on the stand-in, its window measured from inside. */
export interface Program {
  console: RunningConsole
  page: Page
  status: () => Promise<SyncStatus[]>
}

type AnyCall = (input: unknown) => Promise<{ ok: boolean; value: unknown; error?: { code: string } }>

export const startProgram = async (platform: { url: string; token: string }): Promise<Program> => {
  const console = await startConsole({ platform, args: ['--sync-interval=3600', '--lang=ru'] })
  process.once('exit', () => void console.kill9().catch(() => undefined))
  const { page } = console
  await page.addInitScript(inPageTools)
  await page.evaluate(inPageTools)
  return { console, page, status: () => callInPage(page, 'sync', 'status', {}) as Promise<SyncStatus[]> }
}

/** Calls the program the way its own page does. */
export const callInPage = (page: Page, domain: string, name: string, input: unknown): Promise<unknown> =>
  page.evaluate(
    async (asked) => {
      const bridge = (window as unknown as { api: Record<string, Record<string, AnyCall>> }).api
      const answer = await bridge[asked.domain]?.[asked.name]?.(asked.input)
      if (answer?.ok !== true) throw new Error(`${asked.domain}.${asked.name}: ${answer?.error?.code ?? 'no such call'}`)
      return answer.value
    },
    { domain, name, input },
  )
