import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { moveChanges } from '../../electron/core/store/change-mover'
import { applyNote, rememberAnswer, removeNote } from '../../electron/core/store/cache/notes'
import type { Store } from '../../electron/core/store/connection'
import { storeBench } from '../support/store-in-folder'
import { capabilitiesWith, client, contract, note, project, scriptedPlatform, type ScriptedPlatform } from '../support/scripted-platform'
import { syncOf, until } from '../support/synced-console'

const bench = storeBench()
const ids = (store: Store, table = 'client'): string[] =>
  (store.cache.prepare(`SELECT id FROM ${table} ORDER BY id`).all() as { id: string }[]).map(({ id }) => id)
const clients = (count: number) => Array.from({ length: count }, (_, index) => client(`k${String(index).padStart(3, '0')}`))

/** Runs one pass, with all its retries, and answers what the status says then. */
const pass = async (store: Store, platform: ScriptedPlatform, capabilities = capabilitiesWith(['clients'])) => {
  const sync = syncOf({ store, adapter: platform.adapter, capabilities, random: () => 0 })
  sync.start()
  await sync.whenIdle()
  const status = sync.status()
  await sync.stop()
  const of = (dataset: string) => status.datasets.find((row) => row.dataset === dataset)!
  return { status, of }
}

describe('a walk', () => {
  it('brings every row, and removes what a later complete walk no longer sees', async () => {
    const [store, platform] = [bench.memory(), scriptedPlatform()]
    platform.lists.clients = clients(8)
    const first = await pass(store, platform)
    expect(first.of('clients')).toMatchObject({ complete: true, rows: 8, unreadable: 0, error: null })
    expect(first.status).toMatchObject({ first: false, complete: true })
    platform.lists.clients = platform.lists.clients.filter(({ id }) => id !== 'k002' && id !== 'k007')
    const second = await pass(store, platform)
    expect(second.of('clients')).toMatchObject({ complete: true, rows: 6 })
    expect(ids(store)).toEqual(['k000', 'k001', 'k003', 'k004', 'k005', 'k006'])
  })

  it('does not believe an empty page before the end, and removes nothing on its word', async () => {
    const [store, platform] = [bench.memory(), scriptedPlatform()]
    platform.lists.clients = clients(9)
    await pass(store, platform)
    platform.after = (page, { cursor }) => (cursor === '1' ? { ...page, items: [], next: null } : page)
    const short = await pass(store, platform)
    expect(short.of('clients')).toMatchObject({ complete: false, rows: 9 })
    expect(ids(store)).toHaveLength(9)
  })

  it.each([['k003'], [null]])(
    'a row that cannot be read (id %s) costs nothing but itself: the list is complete, and no row is taken for gone',
    async (id) => {
      const [store, platform] = [bench.memory(), scriptedPlatform()]
      platform.lists.clients = clients(5)
      await pass(store, platform)
      platform.lists.clients = clients(5).map((row) => ({ ...row, name: `${row.name} (новое)` }))
      platform.after = (page, { cursor }) =>
        cursor === '1'
          ? { ...page, items: page.items.slice(1), unreadable: [{ id, name: null, field: null, why: 'wrong-type' as const, raw: { id } }] }
          : page
      const { of, status } = await pass(store, platform)
      expect(of('clients')).toMatchObject({ complete: true, unreadable: 1, rows: 5, error: null })
      expect(status.complete).toBe(true)
      expect(store.cache.prepare('SELECT row_id, field, why FROM unreadable').all()).toEqual([
        { row_id: id, field: null, why: 'wrong-type' },
      ])
      expect(store.cache.prepare(`SELECT id FROM client WHERE name NOT LIKE '%(новое)'`).all()).toEqual([{ id: 'k003' }])
      platform.after = (page) => page
      expect((await pass(store, platform)).of('clients')).toMatchObject({ unreadable: 0, rows: 5 })
      expect(store.cache.prepare('SELECT count(*) n FROM unreadable').get()).toEqual({ n: 0 })
    },
  )

  it('takes a row that one walk missed, by a shift that no total shows, for gone only when a second one misses it', async () => {
    const [store, platform] = [bench.memory(), scriptedPlatform()]
    platform.lists.clients = clients(9)
    await pass(store, platform)
    // Before the second page: the first row goes and a new one comes at the end. The total stays; k003 slips to page one.
    let shifted = false
    platform.before = ({ cursor }) => {
      if (cursor !== '1' || shifted) return
      shifted = true
      platform.lists.clients = [...clients(9).slice(1), client('k900')]
    }
    await pass(store, platform)
    expect(ids(store)).toContain('k003')
    expect(ids(store)).toContain('k900')
    await pass(store, platform)
    expect(ids(store)).toEqual([
      ...clients(9)
        .slice(1)
        .map(({ id }) => id),
      'k900',
    ])
  })

  it('leaves old and new of each changed row for the log, once, and nothing in a first walk', async () => {
    const [store, platform] = [bench.memory(), scriptedPlatform()]
    const caps = capabilitiesWith(['clients', 'contracts'])
    platform.lists = { clients: clients(2), contracts: [contract('d1', 'k000', 100_00), contract('d2', 'k001', 5)] }
    await pass(store, platform, caps)
    expect(store.local.prepare('SELECT * FROM change_log').all()).toEqual([])
    platform.lists = { clients: [client('k000', { name: 'Новое имя' })], contracts: [contract('d1', 'k000', -1)] }
    await pass(store, platform, caps)
    const log = store.local.prepare('SELECT dataset, entity_id, client_id, kind, changes FROM change_log ORDER BY dataset, entity_id').all()
    expect(log).toEqual([
      { dataset: 'clients', entity_id: 'k000', client_id: 'k000', kind: 'changed', changes: '{"name":["Клиент k000","Новое имя"]}' },
      { dataset: 'clients', entity_id: 'k001', client_id: 'k001', kind: 'removed', changes: '{"name":["Клиент k001",null]}' },
      { dataset: 'contracts', entity_id: 'd1', client_id: 'k000', kind: 'changed', changes: '{"balance":[10000,-1]}' },
      { dataset: 'contracts', entity_id: 'd2', client_id: 'k001', kind: 'removed', changes: '{"name":["Договор d2",null]}' },
    ])
    expect(store.cache.prepare('SELECT count(*) n FROM change_spool').get()).toEqual({ n: 0 })
  })

  it('moves each change exactly once, also when it is stopped between the copy and the clearing', async () => {
    const store = bench.memory()
    const spool = store.cache.prepare(`INSERT INTO change_spool VALUES ('s', ?, 'c1', 'clients', 'k', 'k', 'changed', '{}', 1, 2)`)
    for (let seq = 1; seq <= 700; seq++) spool.run(seq)
    const between = (): never => {
      throw new Error('killed')
    }
    await expect(moveChanges(store, { between })).rejects.toThrow('killed')
    let pauses = 0
    const pause = (): Promise<void> => Promise.resolve(void pauses++)
    expect(await moveChanges(store, { pause })).toBe(700)
    expect(pauses).toBe(2)
    expect(store.local.prepare('SELECT count(*) n FROM change_log').get()).toEqual({ n: 700 })
    expect(store.cache.prepare('SELECT count(*) n FROM change_spool').get()).toEqual({ n: 0 })
  })

  it('takes nested contracts where the deployment lists none, and leaves them alone where it does', async () => {
    const [store, platform] = [bench.memory(), scriptedPlatform()]
    platform.lists.clients = clients(4)
    platform.sideload = (rows) => ({ contracts: rows.map(({ id }) => ({ ...contract(`d-${id}`, id, 1), name: 'Вложенный' })) })
    const { of } = await pass(store, platform)
    expect(of('contracts')).toMatchObject({ offered: false, complete: true, rows: 4 })
    expect(ids(store, 'contract')).toHaveLength(4)
    platform.lists.contracts = clients(4).map(({ id }) => contract(`d-${id}`, id, 2))
    await pass(store, platform, capabilitiesWith(['clients', 'contracts']))
    expect(store.cache.prepare('SELECT DISTINCT name, balance_minor FROM contract').all()).toHaveLength(4)
    expect(store.cache.prepare(`SELECT count(*) n FROM contract WHERE name = 'Вложенный'`).get()).toEqual({ n: 0 })
  })
})

describe('own notes and a running walk', () => {
  const caps = capabilitiesWith(['clients', 'notes'])

  it('neither removes a note written meanwhile, nor brings back one removed meanwhile, nor undoes an edit', async () => {
    const [store, platform] = [bench.memory(), scriptedPlatform()]
    platform.lists = { clients: clients(1), notes: Array.from({ length: 6 }, (_, index) => note(`n${String(index)}`, 'k000')) }
    await pass(store, platform, caps)
    platform.before = ({ dataset, cursor }) => {
      if (dataset !== 'notes' || cursor !== '1') return
      applyNote(store, 'c1', note('mine', 'k000'))
      applyNote(store, 'c1', note('n4', 'k000', { text: 'Правка', modifiedAt: 9 }))
      rememberAnswer(store, 'c1', { noteId: 'n4', at: Date.now() + 1 })
      removeNote(store, 'c1', { noteId: 'n5', at: Date.now() + 1 })
    }
    await pass(store, platform, caps)
    expect(ids(store, 'note')).toEqual(['mine', 'n0', 'n1', 'n2', 'n3', 'n4'])
    expect(store.cache.prepare(`SELECT text FROM note WHERE id = 'n4'`).get()).toEqual({ text: 'Правка' })
    expect(store.cache.prepare('SELECT notes FROM client_summary').get()).toEqual({ notes: 6 })
  })
})

describe('whatever the platform does', () => {
  const fault = fc.constantFrom(...(['500', 'drop', 'garbage', 'locked'] as const))
  const errors = { '500': 'platform-error', drop: 'offline', garbage: 'bad-answer', locked: 'locked' } as const
  const scenario = fc.record({
    size: fc.integer({ min: 0, max: 25 }),
    pageSize: fc.integer({ min: 1, max: 7 }),
    faults: fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fault), { maxLength: 6 }),
    shifts: fc.array(
      fc.record({ at: fc.integer({ min: 1, max: 20 }), kind: fc.constantFrom('add', 'drop', 'rename'), which: fc.nat(30) }),
      { maxLength: 4 },
    ),
    killAt: fc.option(fc.integer({ min: 1, max: 8 })),
  })

  it('the store equals the platform, or the status says incomplete', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ size, pageSize, faults, shifts, killAt }) => {
        const [store, platform] = [bench.memory(), scriptedPlatform(pageSize)]
        platform.lists.clients = clients(size)
        platform.before = (_request, asked) => {
          for (const shift of shifts.filter(({ at }) => at === asked)) platform.lists.clients = changed(platform.lists.clients ?? [], shift)
          const hit = faults.find(([at]) => at === asked)
          if (hit) throw new AppError(errors[hit[1]], 'scripted')
        }
        if (killAt !== null) await killedPass(store, platform, killAt)
        const { of } = await pass(store, platform)
        const same = JSON.stringify(ids(store)) === JSON.stringify((platform.lists.clients ?? []).map(({ id }) => id).sort())
        const quiet = !shifts.some(({ at }) => at <= platform.asked)
        // A change during a walk may be of either side; without one, complete means equal.
        if (of('clients').complete && quiet) expect(same).toBe(true)
        if (of('clients').complete) expect(of('clients').rows).toBe(ids(store).length)
        platform.before = () => undefined
        await pass(store, platform)
        const last = await pass(store, platform)
        expect(last.of('clients').complete).toBe(true)
        expect(ids(store)).toEqual((platform.lists.clients ?? []).map(({ id }) => id).sort())
        store.close()
      }),
      { numRuns: 60, interruptAfterTimeLimit: 12_000 },
    )
  })

  const changed = <T extends { id: string }>(rows: readonly T[], { kind, which, at }: { kind: string; which: number; at: number }): T[] => {
    if (kind === 'add')
      return [...rows, client(`new${String(at)}-${String(which)}`) as unknown as T].filter(
        (row, index, all) => all.findIndex(({ id }) => id === row.id) === index,
      )
    if (kind === 'drop') return rows.filter((_, index) => index !== which % Math.max(1, rows.length))
    return rows.map((row, index) => (index === which % rows.length ? { ...row, name: `Имя ${String(at)}` } : row))
  }
  /** A pass that is cut off at a page, as by the end of the program. */
  const killedPass = async (store: Store, platform: ScriptedPlatform, at: number): Promise<void> => {
    const sync = syncOf({ store, adapter: platform.adapter, capabilities: capabilitiesWith(['clients']), random: () => 0 })
    const from = platform.asked
    sync.start()
    const idle = sync.whenIdle()
    const enough = until('enough pages', () => platform.asked - from >= at, 2000).catch(() => undefined)
    await Promise.race([idle, enough])
    await sync.stop()
  }
})

describe('requests', () => {
  it('are at most three at a time, over all lists', async () => {
    const [store, platform] = [bench.memory(), scriptedPlatform(2)]
    const lists = ['clients', 'projects', 'vdcs', 'servers', 'disks', 'networks'] as const
    for (const name of lists)
      platform.lists[name] = name === 'clients' ? clients(12) : Array.from({ length: 12 }, (_, index) => project(String(index), 'k000'))
    await pass(store, platform, capabilitiesWith(['clients', 'projects']))
    expect(platform.mostInFlight).toBeLessThanOrEqual(3)
    expect(ids(store, 'project')).toHaveLength(12)
  })
})
