import type { Page } from 'playwright-core'
import type { RunningConsole } from './console-process'

/** Begins exports of the clients list as its button does, one to each place, and waits for none. `cancelLast`: at once, while it waits. */
export const beginExports = async (app: RunningConsole, places: readonly string[], cancelLast = false): Promise<void> => {
  for (const filePath of places) await app.desktop.answerDialog({ filePath })
  await app.page.evaluate(
    async ({ wanted, cancel }) => {
      type Call<T> = (input: object) => Promise<{ ok: boolean; value: T }>
      interface Calls {
        connections: { list: Call<{ id: string }[]> }
        shell: { saveListCsv: Call<{ jobId: string }> }
        jobs: { cancel: Call<object> }
      }
      const { api } = window as unknown as { api: Calls }
      const connectionId = (await api.connections.list({})).value[0]?.id
      const input = {
        list: 'clients',
        query: { connectionId, view: 'all', text: '', filters: [], sort: { by: 'name', desc: false } },
        selection: { mode: 'allExcept', rows: [] },
        columns: [{ field: 'name', as: 'text', title: 'Имя' }],
        title: 'Клиенты',
        remarks: ['Клиенты'],
        asOf: { whole: 'Данные на {at}', part: 'Неполные данные на {at}', never: 'неизвестное время' },
      }
      for (let n = 1; n <= wanted; n++) {
        const answer = await api.shell.saveListCsv(input)
        if (!answer.ok) throw new Error(JSON.stringify(answer))
        if (cancel && n === wanted) await api.jobs.cancel({ id: answer.value.jobId })
      }
    },
    { wanted: places.length, cancel: cancelLast },
  )
}

/** The bar's button for long work, whatever it says. */
export const jobsButton = (page: Page) => page.getByRole('button', { name: /^Фоновые задачи/ })
export const openJobs = async (page: Page) => {
  await jobsButton(page).click()
  const panel = page.getByRole('region', { name: 'Фоновые задачи' })
  await panel.waitFor()
  return panel
}
