import { foldText } from '../../shared/domain/text'
import type { Store } from '../../electron/core/store/connection'
import { run, sql, trusted } from '../../electron/core/store/sql'

/** Puts rows into a cache as a sync would have left them; what a test does not name is unknown. */
export const inventory = ({ cache }: Store, connectionId = 'c1') => {
  const put = (table: string, id: string, fields: Record<string, string | number | null>): void => {
    const entries = Object.entries(fields)
    const names = entries.map(([name]) => `, ${name}`).join('')
    const values = entries.map(([, value]) => sql`, ${value}`)
    const all = values.reduce((left, right) => sql`${left}${right}`, sql``)
    run(
      cache,
      sql`INSERT INTO ${trusted(table)} (connection_id, id, hash, walk${trusted(names)}) VALUES (${connectionId}, ${id}, '', 1${all})`,
    )
  }
  return {
    read: (datasets: readonly string[], asOf = 1000): void => {
      for (const dataset of datasets)
        run(
          cache,
          sql`INSERT OR REPLACE INTO dataset_state (connection_id, dataset, as_of, counted_as_of, complete) VALUES (${connectionId}, ${dataset}, ${asOf}, ${asOf}, 1)`,
        )
    },
    client: (id: string, name = id): void =>
      put('client', id, { name, name_folded: foldText(name), payment_methods: '[]', hypervisors: '[]', contacts: '[]' }),
    project: (id: string, clientId: string | null): void => put('project', id, { name: `Проект ${id}`, client_id: clientId }),
    vdc: (id: string, projectId: string | null): void =>
      put('vdc', id, { name: `ВЦОД ${id}`, project_id: projectId, hypervisor_id: 'h', hypervisor_name: 'KVM' }),
    server: (id: string, vdcId: string | null, name = `srv-${id}`): void =>
      put('server', id, { name, name_folded: foldText(name), vdc_id: vdcId, cpu: 2, ram_gb: 4, power: 1 }),
    disk: (id: string, vdcId: string | null, serverId: string | null): void =>
      put('disk', id, { name: `disk-${id}`, vdc_id: vdcId, server_id: serverId, size_gb: 10, is_root: 0 }),
    network: (id: string, vdcId: string | null): void => put('network', id, { name: `net-${id}`, vdc_id: vdcId }),
    router: (id: string, vdcId: string | null): void => put('router', id, { name: `router-${id}`, vdc_id: vdcId }),
    port: (id: string, vdcId: string | null, external = 1): void => put('port', id, { vdc_id: vdcId, external, ip: `203.0.113.${id}` }),
  }
}
export const treeLists = ['projects', 'vdcs', 'servers', 'disks', 'networks', 'routers', 'ports'] as const
