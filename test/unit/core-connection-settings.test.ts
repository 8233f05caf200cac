import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startPlatform, type Platform } from '../../electron/demo/platform'
import { dataFolder, dropFolder, runCore } from '../support/core-running'
import { deploymentProfile, OTHER_PROFILE } from '../support/other-profile'

let folder: string
let platform: Platform
let run: ReturnType<typeof runCore>

const begin = async (): Promise<void> => {
  run = runCore({ folder, start: { connect: { baseUrl: platform.url, token: platform.token } } })
  await run.core.whenStarted
}
beforeEach(async () => {
  folder = dataFolder()
  platform = await startPlatform({ clients: 12, pageSize: 200, speed: 0, profile: deploymentProfile() })
  await begin()
  await complete()
})
afterEach(async () => {
  await run.core.stop()
  await platform.close()
  dropFolder(folder)
})

const connection = async () => {
  const [row] = await run.call('connections', 'list', {})
  if (!row) throw new Error('no connection')
  return row
}
const complete = () =>
  run.until(async () => {
    const [status] = await run.call('sync', 'status', {})
    return status?.online === true && status.phase === 'idle' && status.complete
  })
const offered = async (): Promise<boolean> => {
  const rows = await run.call('connections', 'capabilities', { id: (await connection()).id })
  return rows.some((row) => row.kind === 'write' && row.feature === 'notes' && row.offered)
}
/** `Client created` of the newest one, as the store has it. */
const created = async (): Promise<number> => {
  const query = { connectionId: null, text: '', view: 'all' as const, filters: [], sort: { by: 'created' as const, desc: true } }
  return (await run.call('clients', 'list', { query, offset: 0, limit: 1 })).rows[0]?.createdAt ?? 0
}

describe('the profile of a connection', () => {
  it('is the standard one at first; another one is kept, works at once and after a restart, and goes with the connection', async () => {
    const { id, name } = await connection()
    const first = await run.call('connections', 'profile', { id })
    expect(first).toMatchObject({ own: false, text: first.standard })
    expect(await offered()).toBe(false)
    expect(await run.call('connections', 'setProfile', { id, text: OTHER_PROFILE })).toMatchObject({ profile: 'own' })
    await run.until(offered)
    await run.until(async () => {
      const [status] = await run.call('sync', 'status', {})
      return status?.datasets.some(({ dataset, rows }) => dataset === 'notes' && rows > 0)
    })
    await run.core.stop()
    await begin()
    expect(await run.call('connections', 'profile', { id })).toMatchObject({ own: true, text: OTHER_PROFILE })
    await complete()
    expect(await offered()).toBe(true)
    await run.call('connections', 'setProfile', { id, text: null })
    await run.until(async () => !(await offered()))
    expect(await connection()).toMatchObject({ profile: 'standard' })
    await run.call('connections', 'forget', { id, confirmName: name })
    await expect(run.call('connections', 'profile', { id })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('that is broken is refused with its places, and the old one stays', async () => {
    const { id } = await connection()
    const broken = '{\n  "paths": { "notes": 5 }\n}'
    const place = { line: 2, column: 14, path: 'paths.notes', reason: 'not-a-text', found: '5' }
    expect(await run.call('connections', 'checkProfile', { id, text: broken })).toEqual([place])
    const refused = run.call('connections', 'setProfile', { id, text: broken })
    await expect(refused).rejects.toMatchObject({ code: 'invalid-input', details: { problems: [place] } })
    await expect(run.call('connections', 'tryProfile', { id, text: broken })).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await connection()).toMatchObject({ profile: 'standard' })
  })

  it('is tried without being kept, and an address that answers nothing says so', async () => {
    const { id } = await connection()
    const answers = await run.call('connections', 'tryProfile', { id, text: OTHER_PROFILE })
    expect(answers.find(({ name }) => name === 'clientNotes')?.outcome).toMatchObject({ kind: 'answered', status: 200 })
    expect(await connection()).toMatchObject({ profile: 'standard' })
    expect(await run.call('connections', 'describedApi', { id })).toBe(null)
    await platform.close()
    await expect(run.call('connections', 'tryProfile', { id, text: OTHER_PROFILE })).rejects.toMatchObject({ code: 'refused' })
    platform = await startPlatform({ clients: 1 })
  })
})

describe('the zones of a connection', () => {
  const HOUR = 3_600_000
  it('are changed later: what was read with the old one is read anew, the billing day needs no reading', async () => {
    const { id } = await connection()
    const before = await created()
    await run.call('connections', 'setZones', { id, utcOffsetMinutes: 180, billingOffsetMinutes: 300 })
    expect(await connection()).toMatchObject({ utcOffsetMinutes: 180, billingOffsetMinutes: 300 })
    await run.until(async () => (await created()) === before - 3 * HOUR)
    await complete()
    await run.call('connections', 'setZones', { id, utcOffsetMinutes: 180, billingOffsetMinutes: 0 })
    const [status] = await run.call('sync', 'status', {})
    expect(status?.complete).toBe(true)
    expect(await created()).toBe(before - 3 * HOUR)
  })

  it('changed while the platform is away are those of the next reading, also after a restart', async () => {
    const { id } = await connection()
    const before = await created()
    const port = Number(new URL(platform.url).port)
    await platform.close()
    await run.call('connections', 'setZones', { id, utcOffsetMinutes: 60, billingOffsetMinutes: 180 })
    expect(await created()).toBe(before)
    await run.core.stop()
    platform = await startPlatform({ clients: 12, pageSize: 200, speed: 0, profile: deploymentProfile(), port })
    await begin()
    await run.until(async () => (await created()) === before - HOUR)
  })
})
