import { createDashboard } from '../../electron/core/features/dashboard/service'
import type { Capabilities } from '../../electron/core/platforms/port/core'
import { openStore } from '../../electron/core/store/connection'
import type { Dataset } from '../../shared/domain/datasets'
import type { LimitType } from '../../shared/domain/limits'
import type { AppErrorData } from '../../shared/errors'
import { addConnection, CONNECTION, everythingOffered, workspaceOf } from './notes-console'
import { createTestClock } from './core-clock'

/** 10 March 2026, 13:00 in Moscow. */
export const NOW = Date.UTC(2026, 2, 10, 10)
export { CONNECTION }

interface Figures {
  servers: number
  cpu: number
  ramGb: number
  disks: number
  volumeGb: number
}
type Use = Partial<Figures> & { hypervisor: string }

/** A dashboard over a store in memory: rows as a sync leaves them, put there by hand. */
export const dashboardBench = (capabilities: Capabilities = everythingOffered(), settings: { alertsDue?: number } = {}) => {
  const clock = createTestClock(NOW)
  const store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock, { capabilities })
  const workspace = workspaceOf(store, clock)
  const dashboard = createDashboard({
    workspace,
    memo: Object.assign(<T>(_key: string, compute: () => T) => compute(), { has: () => false, versionOf: () => '' }),
    alertsDue: () => ({ count: settings.alertsDue ?? 0, since: null }),
  })
  const put = (text: string, ...values: (string | number | null)[]): void => void store.cache.prepare(text).run(...values)
  const usage = (
    table: string,
    client: string | null,
    { hypervisor, servers = 0, cpu = 0, ramGb = 0, disks = 0, volumeGb = 0 }: Use,
  ): void => {
    const key = client === null ? 'connection_id' : 'connection_id, client_id'
    put(
      `INSERT INTO ${table} (${key}, hypervisor_id, hypervisor_name, vdcs, servers, cpu, ram_gb, disks, volume_gb, ip, networks, routers)
        VALUES (?${client === null ? '' : ', ?'}, ?, ?, 1, ?, ?, ?, ?, ?, 0, 0, 0)`,
      ...[CONNECTION, ...(client === null ? [] : [client]), hypervisor, hypervisor.toUpperCase(), servers, cpu, ramGb, disks, volumeGb],
    )
  }
  return {
    store,
    workspace,
    clock,
    close: () => store.close(),
    /** A dataset was read whole, and its figures counted, at these moments. */
    read: (
      dataset: Dataset,
      more: { at?: number | null; counted?: number | null; error?: AppErrorData; unreadable?: number; offered?: boolean } = {},
    ) => {
      const at = more.at === undefined ? NOW : more.at
      put(
        `INSERT OR REPLACE INTO dataset_state (connection_id, dataset, as_of, counted_as_of, complete, error, unreadable, offered) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[CONNECTION, dataset, at, more.counted === undefined ? at : more.counted, Number(at !== null)],
        ...[more.error ? JSON.stringify(more.error) : null, more.unreadable ?? 0, Number(more.offered ?? true)],
      )
    },
    client: (id: string, partner: string | null = null) => {
      put(
        `INSERT INTO client (connection_id, id, name, name_folded, partner_id, payment_methods, hypervisors, contacts, hash, walk) VALUES (?, ?, ?, ?, ?, '[]', '[]', '[]', '', 1)`,
        ...[CONNECTION, id, id, id, partner],
      )
    },
    partner: (id: string, limitsAt: number | null = NOW) => {
      put(
        `INSERT INTO partner (connection_id, id, name, ns_servers, hypervisors, hash, walk) VALUES (?, ?, ?, '[]', '[]', '', 1)`,
        ...[CONNECTION, id, id],
      )
      if (limitsAt !== null)
        put(`INSERT INTO owner_state (connection_id, dataset, owner_id, as_of) VALUES (?, 'limits', ?, ?)`, CONNECTION, id, limitsAt)
    },
    limit: (owner: { kind: 'partner' | 'client'; id: string }, hypervisor: string, type: LimitType, value: number) => {
      put(
        `INSERT INTO client_limit (connection_id, id, owner, owner_id, hypervisor_id, hypervisor_name, type, type_code, value, hash, walk)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', 1)`,
        ...[CONNECTION, `${owner.id}/${hypervisor}/${type}`, owner.kind, owner.id, hypervisor, hypervisor.toUpperCase(), type, type, value],
      )
    },
    /** Use of everyone at one hypervisor. */
    use: (it: Use) => usage('hypervisor_usage', null, it),
    /** Use of one client ('' = of no known one) at one hypervisor. */
    clientUse: (client: string, it: Use) => usage('client_usage', client, it),
    summary: (hypervisorId: string | null = null) => dashboard.summary({ connectionId: CONNECTION, hypervisorId }),
    series: (hypervisorId: string | null = null, period: 'hour' | 'day' | 'week' | 'month' = 'month') =>
      dashboard.series({ connectionId: CONNECTION, hypervisorId, period }),
    contributors: (type: LimitType, hypervisorId: string | null = null) =>
      dashboard.contributors({ connectionId: CONNECTION, type, hypervisorId }),
  }
}
export type DashboardBench = ReturnType<typeof dashboardBench>

export const refusal = (text: string): AppErrorData => ({
  code: 'forbidden',
  message: 'refused',
  retryable: false,
  details: { texts: [text] },
})
