import type { Dataset } from '@shared/domain/datasets'
import type { EntityOf } from '@shared/domain/entities'
import { settleAggregates } from '../../../electron/core/store/cache/aggregates'
import { commitPage } from '../../../electron/core/store/cache/page'
import { beginWalk, completeWalk } from '../../../electron/core/store/cache/walk-state'
import type { Store } from '../../../electron/core/store/connection'
import { inBatches, manyClients, type ClientWithContract } from '../support/clients'
import { freshFolder, type Measure } from '../support/context'
import { row, type Row } from '../support/row'
import { must } from '../support/sample'
import { CONNECTION, openInFolder } from '../support/store'

const SIZES = [1_000, 10_000, 100_000]
const PAGE = 500
const extra = {}

/** What one client has besides itself and its contract: the lists of a first sync, in their order. */
const owned = {
  projects: ({ client: { id } }) => [{ id: `p-${id}`, name: 'Проект', clientId: id, locked: false, extra }],
  vdcs: ({ client: { id, hypervisors } }) => [
    { id: `v-${id}`, name: 'ВЦОД', createdAt: 1, projectId: `p-${id}`, hypervisor: hypervisors[0] ?? null, extra },
  ],
  servers: ({ client: { id } }) =>
    [1, 2, 3].map((n) => ({
      ...{ id: `s${String(n)}-${id}`, name: `сервер ${String(n)}`, hostname: `vm-${id.slice(0, 8)}`, createdAt: 1, vdcId: `v-${id}` },
      ...{ cpu: 2 * n, ramGb: 4 * n, power: true, locked: false, templateName: 'Debian 12', extra },
    })),
  disks: ({ client: { id } }) =>
    [1, 2, 3].map((n) => ({
      ...{ id: `d${String(n)}-${id}`, name: 'диск', vdcId: `v-${id}`, serverId: `s${String(n)}-${id}`, sizeGb: 40 * n, isRoot: n === 1 },
      ...{ storageProfileId: 'sp', storageProfileName: 'SAS', billingClassId: 'kvm_hdd_fast', extra },
    })),
  ports: ({ client: { id } }) =>
    [1, 2, 3, 4].map((n) => ({
      id: `o${String(n)}-${id}`,
      vdcId: `v-${id}`,
      type: n === 1 ? 'vm_fip' : 'vm_int',
      ip: null,
      external: n === 1,
      extra,
    })),
} satisfies { [D in Dataset]?: (of: ClientWithContract) => EntityOf[D][] }
const PER_CLIENT = 14

/**
 * P18: rows a second of a whole first sync and of the next one, in which nothing changed, at three sizes: written page by
 * page through the store, counted at the end. Its ratio is that of the largest size to the smallest.
 */
export const measure: Measure = async (context) => {
  const rates: { clients: number; first: number; next: number }[] = []
  for (const clients of SIZES) rates.push(await ratesAt(freshFolder(context, `growth-${String(clients)}`), clients))
  const line = (key: string, what: string, rate: (of: (typeof rates)[number]) => number): Row => {
    const [small, , large] = rates.map(rate)
    must(small !== undefined && large !== undefined, 'not every size was measured')
    const note = rates.map((of) => `${of.clients.toLocaleString('en')}: ${Math.round(rate(of)).toLocaleString('en')}`).join(' · ')
    return row({
      key,
      what,
      unit: 'rows/s',
      figure: large ?? 0,
      baseline: small ?? 0,
      size: '100,000 clients, beside 1,000',
      note,
    })
  }
  return [
    line('P18', 'rows of a first sync, counting included', (of) => of.first),
    line('P18.next', 'rows of a sync that changes nothing', (of) => of.next),
  ]
}

const ratesAt = async (folder: string, clients: number): Promise<{ clients: number; first: number; next: number }> => {
  const store = openInFolder(folder)
  const all = manyClients(clients)
  const first = await syncOnce(store, all)
  const next = await syncOnce(store, all)
  store.close()
  return { clients, first, next }
}

/** @returns rows a second. */
const syncOnce = async (store: Store, clients: readonly ClientWithContract[]): Promise<number> => {
  let ms = 0
  let rows = 0
  const sequence = { syncId: crypto.randomUUID(), next: 1 }
  const walk = <D extends Dataset>(dataset: D, rowsOf: (of: ClientWithContract) => EntityOf[D][]): void => {
    beginWalk(store, { connectionId: CONNECTION, dataset })
    for (const batch of inBatches([...clients], PAGE)) {
      // Making the rows is no part of it.
      const items = batch.flatMap(rowsOf)
      const page = { items, total: null, unreadable: [], partial: [], next: 'more', at: 2, sideload: {} }
      const from = performance.now()
      commitPage(store, { connectionId: CONNECTION, dataset, page, sideloads: [], sequence, askedAt: 2 })
      ms += performance.now() - from
      rows += items.length
    }
    const from = performance.now()
    completeWalk(store, { connectionId: CONNECTION, dataset, sideloads: [], asOf: 2 })
    ms += performance.now() - from
  }
  walk('contracts', (of) => [of.contract])
  walk('clients', (of) => [of.client])
  walk('projects', owned.projects)
  walk('vdcs', owned.vdcs)
  walk('servers', owned.servers)
  walk('disks', owned.disks)
  walk('ports', owned.ports)
  const from = performance.now()
  await settleAggregates(store, CONNECTION, { pause: () => Promise.resolve() })
  ms += performance.now() - from
  must(rows === clients.length * PER_CLIENT, `${String(rows)} rows of ${String(clients.length)} clients`)
  return (rows / ms) * 1000
}
