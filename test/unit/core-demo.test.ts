import { afterAll, beforeAll, expect, it } from 'vitest'
import { startPlatform, type Platform } from '../../electron/demo/platform'
import { dataFolder, dropFolder, runCore } from '../support/core-running'

const clientQuery = (connectionId: string | null) =>
  ({ connectionId, view: 'all', text: '', filters: [], sort: { by: 'name', desc: false } }) as const

let platform: Platform
let folder: string
let run: ReturnType<typeof runCore>

beforeAll(async () => {
  platform = await startPlatform({ clients: 30, pageSize: 100 })
  folder = dataFolder()
  run = runCore({
    folder,
    start: { startDemo: true },
    answers: { startDemo: () => ({ url: platform.url, token: platform.token, port: Number(new URL(platform.url).port) }) },
  })
  await run.core.whenStarted
  await run.until(async () => (await run.call('sync', 'status', {})).every((status) => status.complete && status.phase === 'idle'))
})
afterAll(async () => {
  await run.core.stop()
  await platform.close()
  dropFolder(folder)
})

it('connects to the demo and shows its clients', async () => {
  const [connection] = await run.call('connections', 'list', {})
  expect(connection).toMatchObject({ demo: true, state: 'active', color: '#7a63d8' })
  const list = await run.call('clients', 'list', { query: clientQuery(connection?.id ?? ''), offset: 0, limit: 200 })
  expect(list.total).toBe(30)
  expect(list.rows).toHaveLength(30)
  expect(run.broken).toEqual([])
})
