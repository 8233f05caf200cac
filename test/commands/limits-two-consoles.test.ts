import { afterEach, expect, it } from 'vitest'
import { startPlatform, type Platform } from '../../electron/demo/platform'
import { dataFolder, dropFolder, runCore } from '../support/core-running'
import { controlOf } from '../support/platform-control'

type Console = ReturnType<typeof runCore>
const folders: string[] = []
const consoles: Console[] = []
let platform: Platform | null = null

afterEach(async () => {
  for (const { core } of consoles.splice(0)) await core.stop()
  await platform?.close()
  for (const folder of folders.splice(0)) dropFolder(folder)
})

/** A console of its own at the platform, with its first sync behind it. */
const open = async ({ url, token }: Platform): Promise<Console> => {
  const folder = dataFolder()
  folders.push(folder)
  const answers = { startDemo: () => ({ url, token, port: Number(new URL(url).port) }) }
  const console = runCore({ folder, start: { startDemo: true }, answers })
  consoles.push(console)
  await console.core.whenStarted
  await console.until(async () => {
    const states = await console.call('sync', 'status', {})
    return states.length > 0 && states.every((state) => state.complete && state.phase === 'idle')
  })
  return console
}
const connectionOf = async (console: Console): Promise<string> => (await console.call('connections', 'list', {}))[0]?.id ?? ''
const window = { offset: 0, limit: 200 }

it('two consoles that change the same limit: one of them is told, with what was seen, typed and found', async () => {
  platform = await startPlatform({ clients: 5, pageSize: 100, speed: 0.0001 })
  const control = controlOf(platform)
  const clientId = (await control.state('client'))[0]?.id ?? ''
  for (const { id } of await control.state('limit')) await control.tell('/mutate', { op: 'delete', dataset: 'limit', id })
  for (const [type, value] of Object.entries({ network: 0, cpu: 1 }))
    await control.tell('/mutate', { op: 'create', dataset: 'limit', fields: { client: clientId, type, value } })
  const [ann, bob] = [await open(platform), await open(platform)]
  const [atAnn, atBob] = [
    { connectionId: await connectionOf(ann), clientId },
    { connectionId: await connectionOf(bob), clientId },
  ]
  const matrixOf = async (console: Console, key: typeof atAnn) => {
    await console.call('clients', 'opened', key)
    return console.until(async () => {
      const matrix = await console.call('limits', 'get', key)
      return matrix.cells.filter(({ limit }) => limit !== null).length === 2 && matrix
    })
  }
  const [seenByAnn] = [await matrixOf(ann, atAnn), await matrixOf(bob, atBob)]
  const hypervisorId = seenByAnn.cells.find(({ limit }) => limit !== null)?.hypervisorId ?? ''
  const cell = (type: 'networks' | 'cpu', base: number, value: number | null) => ({ hypervisorId, type, base, value })
  await ann.call('limits', 'set', { ...atAnn, cells: [cell('networks', 0, 1)] })
  await ann.until(async () => (await ann.call('outbox', 'list', { connectionId: null, ...window })).total === 0)
  await bob.call('limits', 'set', { ...atBob, cells: [cell('networks', 0, null), cell('cpu', 1, 0)] })
  const conflict = await bob.until(async () => {
    const { rows } = await bob.call('outbox', 'list', { connectionId: null, ...window })
    return rows.find(({ state }) => state === 'conflict') ?? null
  })
  const told = conflict.fields.map(({ key, base, mine, theirs }) => [key.split(' ')[0], base, mine, theirs])
  expect(told).toEqual([
    ['networks', 0, null, 1],
    ['cpu', 1, 0, 1],
  ])
  const onPlatform = async () => Object.fromEntries((await control.state('limit')).map((row) => [String(row['type']), row['value']]))
  expect(await onPlatform()).toEqual({ network: 1, cpu: 1 })
  const theirs = conflict.fields.filter(({ key }) => key.startsWith('networks')).map(({ key }) => key)
  await bob.call('outbox', 'resolve', { id: conflict.id, keep: 'mine', theirs })
  await bob.until(async () => (await bob.call('outbox', 'list', { connectionId: null, ...window })).total === 0)
  expect(await onPlatform()).toEqual({ network: 1, cpu: 0 })
}, 60_000)
