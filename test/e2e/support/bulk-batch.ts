import type { Page } from 'playwright-core'

/** Two sentences of the longest kind: kept by the window from then on. */
export const twoRules = async (page: Page): Promise<void> => {
  const add = page.getByRole('button', { name: /^(Правило|Rule)$/ })
  const fields = page.getByLabel(/^(Число|Number)$/)
  while ((await fields.count()) < 2) await add.click()
  await fields.first().fill('25')
  await fields.nth(1).fill('2000000')
  await page.getByRole('grid').getByRole('checkbox').nth(1).waitFor()
}

/** A batch that the platform refused and that was stopped then: every state that lasts. @returns its id. */
export const refusedBatch = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    type Call = (input: object) => Promise<{ ok: boolean; value: unknown }>
    const { api } = window as unknown as { api: Record<string, Record<string, Call>> }
    const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200))
    const ask = async (domain: string, name: string, input: object): Promise<unknown> => {
      const answer = await api[domain]?.[name]?.(input)
      if (answer?.ok !== true) throw new Error(`${domain}.${name} was refused`)
      return answer.value
    }
    const [connection] = (await ask('connections', 'list', {})) as { id: string }[]
    const connectionId = connection?.id ?? ''
    const query = { connectionId, view: 'all', text: '', filters: [], sort: { by: 'name', desc: false } }
    const plan = {
      choice: { connectionId, query, selection: { mode: 'allExcept', rows: [] } },
      rules: [{ act: 'set', hypervisorId: null, type: 'cpu', value: 2_000_000 }],
      left: { mode: 'allExcept', ids: [] },
    }
    const first = { view: 'all', offset: 0, limit: 1 }
    type Preview = { counts: { out: number }; chosen: { clients: number; mark: string } }
    let seen = (await ask('limits', 'bulkPreview', { ...plan, ...first })) as Preview
    while (seen.counts.out > 0 || seen.chosen.clients === 0) {
      await later()
      seen = (await ask('limits', 'bulkPreview', { ...plan, ...first })) as Preview
    }
    const id = crypto.randomUUID()
    await ask('limits', 'bulkStart', { ...plan, batchId: id, mark: seen.chosen.mark })
    while (((await ask('batches', 'get', { id, ...first })) as { batch: { rejected: number } }).batch.rejected < 3) await later()
    await ask('batches', 'cancel', { id })
    return id
  })
