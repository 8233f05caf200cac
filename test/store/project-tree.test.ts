import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { LARGEST_MESSAGE, sizeOf } from '../../electron/ipc/envelope'
import { createClients } from '../../electron/core/features/clients/service'
import { createLiveConnections } from '../../electron/core/features/connections/live'
import type { Store } from '../../electron/core/store/connection'
import { createMemo } from '../../electron/core/store/read/memo'
import { get, run, sql, trusted } from '../../electron/core/store/sql'
import { contract } from '../../shared/ipc/contract'
import type { ProjectsInput, TreeRow } from '../../shared/ipc/project-tree'
import { createTestClock } from '../support/core-clock'
import { addConnection, CONNECTION, workspaceOf } from '../support/notes-console'
import { storeBench } from '../support/store-in-folder'
import { inventory, treeLists } from '../support/stored-inventory'

const bench = storeBench()
const allOpen = { base: 'open' as const, turned: [] }
let store: Store
let put: ReturnType<typeof inventory>
let service: ReturnType<typeof createClients>

beforeEach(() => {
  const clock = createTestClock()
  store = bench.memory()
  addConnection(store, clock)
  put = inventory(store, CONNECTION)
  service = createClients({ workspace: workspaceOf(store, clock), live: createLiveConnections(), memo: createMemo(store, 10) })
})

/** The answer as it crosses: held to the contract and to the largest message. */
const ask = (clientId: string | null, more: Partial<ProjectsInput> = {}) => {
  const usual = { text: '', folds: { base: 'usual' as const, turned: [] }, offset: 0, limit: 200 }
  const answer = service.projects({ connectionId: CONNECTION, clientId, ...usual, ...more })
  expect(sizeOf(answer)).toBeLessThan(LARGEST_MESSAGE)
  return contract.clients.projects.output.parse(answer)
}
const whole = (clientId: string | null, more: Partial<ProjectsInput> = {}): TreeRow[] => {
  const rows: TreeRow[] = []
  for (;;) {
    const answer = ask(clientId, { ...more, offset: rows.length })
    rows.push(...answer.rows)
    if (answer.rows.length === 0 || rows.length >= answer.total) return rows
  }
}
const words = (rows: readonly TreeRow[]): string[] =>
  rows.map((row) => `${'·'.repeat(row.level - 1)}${row.kind} ${'name' in row ? String(row.name) : 'of' in row ? row.of : ''}`.trim())

it('every row of the store stands in exactly one place, and the sums of all places are the sums of the store', () => {
  put.read(treeLists)
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(4)), (picks) => {
      for (const table of ['client', 'project', 'vdc', 'server', 'disk', 'network', 'router', 'port'])
        run(store.cache, sql`DELETE FROM ${trusted(table)}`)
      const pick = (): number => Number(picks.next().value)
      /** A parent that is there, one that is not, or none. */
      const parent = (kind: string): string | null => (pick() === 0 ? null : `${kind}${String(pick())}`)
      for (let n = 0; n < 3; n++) put.client(`c${String(n)}`)
      for (let n = 0; n < 4; n++) put.project(`p${String(n)}`, parent('c'))
      for (let n = 0; n < 4; n++) put.vdc(`v${String(n)}`, parent('p'))
      for (let n = 0; n < 4; n++) put.server(`s${String(n)}`, parent('v'))
      for (let n = 0; n < 6; n++) put.disk(`d${String(n)}`, parent('v'), parent('s'))
      for (let n = 0; n < 3; n++) {
        put.network(`n${String(n)}`, parent('v'))
        put.router(`r${String(n)}`, parent('v'))
        put.port(String(n), parent('v'), pick() === 0 ? 0 : 1)
      }
      const places = ['c0', 'c1', 'c2', null]
      const keys = places.flatMap((owner) => whole(owner, { folds: allOpen }).map(({ key }) => key))
      const real = keys.filter((key) => /^(project|vdc|server|disk|network|router|ip) ./.test(key) && !key.endsWith(' '))
      const count = (table: string, condition = '1'): number =>
        get<{ n: number }>(store.cache, sql`SELECT count(*) AS n FROM ${trusted(table)} WHERE ${trusted(condition)}`)?.n ?? 0
      const stored = ['project', 'vdc', 'server', 'disk', 'network', 'router'].reduce(
        (sum, table) => sum + count(table),
        count('port', 'external = 1'),
      )
      expect(new Set(real).size).toBe(real.length)
      expect(real.length).toBe(stored)
      const totals = places.map((owner) => ask(owner).totals)
      const sum = (of: 'servers' | 'cpu' | 'ramGb' | 'disks' | 'diskGb' | 'ips'): number =>
        totals.reduce((all, one) => all + (one[of] ?? 0), 0)
      expect({
        servers: sum('servers'),
        cpu: sum('cpu'),
        ram: sum('ramGb'),
        disks: sum('disks'),
        gb: sum('diskGb'),
        ips: sum('ips'),
      }).toEqual({
        servers: count('server'),
        cpu: count('server') * 2,
        ram: count('server') * 4,
        disks: count('disk'),
        gb: count('disk') * 10,
        ips: count('port', 'external = 1'),
      })
    }),
    { numRuns: 60 },
  )
})

describe('a client with three thousand servers in one project', () => {
  beforeEach(() => {
    put.read(treeLists)
    put.client('big')
    put.project('p', 'big')
    put.vdc('v', 'p')
    for (let n = 0; n < 3000; n++) {
      const id = String(n).padStart(4, '0')
      put.server(id, 'v', `сервер с длинным именем ${'x'.repeat(150)} ${id}`)
      put.disk(`${id}-a`, 'v', id)
      put.disk(`${id}-b`, 'v', id)
    }
  })

  it('opens by windows, to the last of its rows', () => {
    expect(whole('big')).toHaveLength(3002)
    expect(whole('big', { folds: allOpen })).toHaveLength(9002)
    expect(ask('big').totals).toMatchObject({ projects: 1, vdcs: 1, servers: 3000, cpu: 6000, disks: 6000, diskGb: 60_000 })
  })

  it('is searched by the names of its servers and disks', () => {
    expect(words(whole('big', { text: 'disk-2999-b' }))).toHaveLength(5)
    expect(ask('big', { text: ' 2999' }).total).toBeLessThan(10)
    expect(ask('big', { text: 'нет такого' }).total).toBe(0)
  })
})

it('disks of a server that is not in the list stand under their VDC, with what each VDC has of networks', () => {
  put.read(treeLists)
  put.client('a')
  put.project('p', 'a')
  put.vdc('v', 'p')
  put.server('s', 'v')
  put.disk('own', 'v', 's')
  put.disk('free', 'v', null)
  put.disk('orphan', 'v', 'gone')
  put.network('n', 'v')
  put.port('7', 'v')
  put.port('8', 'v', 0)
  expect(words(whole('a', { folds: allOpen }))).toEqual([
    'project Проект p',
    '·vdc ВЦОД v',
    '··server srv-s',
    '···disk disk-own',
    '··disks none',
    '···disk disk-free',
    '··disks unseen',
    '···disk disk-orphan',
    '··nets',
    '···net net-n',
    '···net 203.0.113.7',
  ])
  expect(words(whole('a', { text: '113.7' }))).toEqual(['project Проект p', '·vdc ВЦОД v', '··nets', '···net 203.0.113.7'])
  expect(words(whole('a', { folds: { base: 'usual', turned: ['vdc v'] } }))).toEqual(['project Проект p', '·vdc ВЦОД v'])
})

it('figures of a list that was refused or not read yet are unknown, and it is said which', () => {
  put.read(['projects', 'vdcs', 'servers'])
  put.client('a')
  put.project('p', 'a')
  put.vdc('v', 'p')
  put.server('s', 'v')
  const [project, , server] = whole('a')
  expect(project).toMatchObject({ servers: 1, cpu: 2, disks: null, diskGb: null })
  expect(server).toMatchObject({ disks: null, diskGb: null })
  const { totals, lacking } = ask('a')
  expect(totals).toMatchObject({ projects: 1, servers: 1, disks: null, networks: null, ips: null })
  expect(lacking.map(({ dataset, why }) => `${dataset} ${why}`)).toEqual([
    'disks not-read',
    'networks not-read',
    'routers not-read',
    'ports not-read',
  ])
})
