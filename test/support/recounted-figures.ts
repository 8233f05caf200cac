import type { Store } from '../../electron/core/store/connection'
import { usageShare, usageState, type LimitType } from '../../shared/domain/limits'
import type { AccessObject } from '../../shared/domain/entities'

type Row = Record<string, string | number | null>
type Sums = Record<'servers' | 'cpu' | 'ram_gb' | 'disks' | 'volume_gb' | 'ip' | 'networks' | 'routers', number>

const round = (value: number): number => Number(value.toFixed(6))
const zero = (): Sums => ({ servers: 0, cpu: 0, ram_gb: 0, disks: 0, volume_gb: 0, ip: 0, networks: 0, routers: 0 })
const figureOf: Record<LimitType, keyof Sums> = {
  ...{
    servers: 'servers',
    cpu: 'cpu',
    ram: 'ram_gb',
    disks: 'disks',
    volume: 'volume_gb',
    ip: 'ip',
    networks: 'networks',
    routers: 'routers',
  },
}

/** Every figure that is kept beside the rows, counted anew from the rows of one connection by plain code. */
export const recountedFigures = (store: Store) => {
  const rows = (table: string): Row[] => store.cache.prepare(`SELECT * FROM ${table} WHERE connection_id = 'c1' ORDER BY id`).all() as Row[]
  const clients = rows('client')
  const [vdcs, projects] = [byId(rows('vdc')), byId(rows('project'))]
  const known = new Set(clients.map(({ id }) => id))
  const whose = (vdcId: Row[string]): { client: string; hypervisor: string; name: string } => {
    const vdc = vdcs.get(String(vdcId))
    const owner = projects.get(String(vdc?.['project_id']))?.['client_id'] ?? null
    return {
      client: owner !== null && known.has(owner) ? String(owner) : '',
      hypervisor: String(vdc?.['hypervisor_id'] ?? ''),
      name: String(vdc?.['hypervisor_name'] ?? ''),
    }
  }
  const usage = new Map<string, Sums & { name: string }>()
  const at = (vdcId: Row[string]): Sums => {
    const { client, hypervisor, name } = whose(vdcId)
    const key = `${client}|${hypervisor}`
    const sums = usage.get(key) ?? { ...zero(), name }
    if (name > sums.name) sums.name = name
    usage.set(key, sums)
    return sums
  }
  for (const id of vdcs.keys()) at(id)
  for (const server of rows('server')) {
    const sums = at(server['vdc_id'] ?? null)
    sums.servers++
    sums.cpu = round(sums.cpu + Number(server['cpu'] ?? 0))
    sums.ram_gb = round(sums.ram_gb + Number(server['ram_gb'] ?? 0))
  }
  const classes = new Map<string, number>()
  for (const disk of rows('disk')) {
    const sums = at(disk['vdc_id'] ?? null)
    sums.disks++
    sums.volume_gb = round(sums.volume_gb + Number(disk['size_gb'] ?? 0))
    const key = `${whose(disk['vdc_id'] ?? null).hypervisor}|${String(disk['billing_class_id'] ?? disk['storage_profile_id'] ?? '')}`
    classes.set(key, round((classes.get(key) ?? 0) + Number(disk['size_gb'] ?? 0)))
  }
  for (const port of rows('port')) if (port['external'] === 1) at(port['vdc_id'] ?? null).ip++
  for (const network of rows('network')) at(network['vdc_id'] ?? null).networks++
  for (const router of rows('router')) at(router['vdc_id'] ?? null).routers++
  const hypervisors = new Map<string, Sums & { name: string }>()
  for (const [key, sums] of usage) {
    const id = key.split('|')[1] ?? ''
    const total = hypervisors.get(id) ?? { ...zero(), name: '' }
    for (const figure of Object.values(figureOf)) total[figure] = round(total[figure] + sums[figure])
    if (sums.name > total.name) total.name = sums.name
    hypervisors.set(id, total)
  }
  return { usage, hypervisors, classes, debts: debtsOf(clients, rows('contract')), summaries: summariesOf(clients, usage, rows) }
}

const byId = (rows: Row[]): Map<string, Row> => new Map(rows.map((row) => [String(row['id']), row]))

const debtsOf = (clients: Row[], contracts: Row[]): Map<string, { minor: number; clients: number }> => {
  const debts = new Map<string, { minor: number; clients: number }>()
  for (const { id, balance_minor: minor, currency } of contracts) {
    const behind = clients.filter((client) => client['contract_id'] === id).length
    if (minor === null || Number(minor) >= 0 || currency === null || behind === 0) continue
    const debt = debts.get(String(currency)) ?? { minor: 0, clients: 0 }
    debts.set(String(currency), { minor: debt.minor + Number(minor), clients: debt.clients + behind })
  }
  return debts
}

const summariesOf = (clients: Row[], usage: ReadonlyMap<string, Sums>, rows: (table: string) => Row[]) => {
  const accounts = rows('account').filter(({ active, blocked }) => active !== 0 && blocked !== 1)
  const access = accounts.flatMap(({ objects }) => (JSON.parse(String(objects)) as AccessObject[] | null) ?? [])
  const limits = rows('client_limit')
  const notes = rows('note')
  return new Map(
    clients.map(({ id }) => {
      const sums = zero()
      for (const [key, one] of usage)
        if (key.startsWith(`${String(id)}|`)) for (const figure of Object.values(figureOf)) sums[figure] = round(sums[figure] + one[figure])
      const pressed = limits
        .filter(({ owner, owner_id: owner_id, type }) => owner === 'client' && owner_id === id && type !== null)
        .map(({ hypervisor_id: at, type, value }) => {
          const use = usage.get(`${String(id)}|${String(at)}`)?.[figureOf[type as LimitType]] ?? 0
          return { share: usageShare(use, Number(value)), state: usageState(use, Number(value)) }
        })
        .sort((a, b) => b.share - a.share)
      const managed = access.some(({ entity, role, id: of }) => entity === 'client' && role === 'admin' && of === id)
      const { servers, cpu, ram_gb, disks, volume_gb } = sums
      return [
        String(id),
        {
          ...{ servers, cpu, ram_gb, disks, volume_gb, unmanaged: Number(!managed) },
          notes: notes.filter(({ client_id: of }) => of === id).length,
          tight_share: pressed[0]?.share ?? null,
          tight_state: pressed[0]?.state ?? null,
        },
      ]
    }),
  )
}

/** The same as the store keeps it. */
export const keptFigures = (store: Store): ReturnType<typeof recountedFigures> => {
  const all = (query: string): Row[] => store.cache.prepare(query).all() as Row[]
  const sums = (row: Row): Sums & { name: string } =>
    ({ ...Object.fromEntries(Object.values(figureOf).map((figure) => [figure, row[figure]])), name: row['hypervisor_name'] }) as Sums & {
      name: string
    }
  return {
    usage: new Map(
      all("SELECT * FROM client_usage WHERE connection_id = 'c1'").map((row) => [
        `${String(row['client_id'])}|${String(row['hypervisor_id'])}`,
        sums(row),
      ]),
    ),
    hypervisors: new Map(
      all("SELECT * FROM hypervisor_usage WHERE connection_id = 'c1'").map((row) => [String(row['hypervisor_id']), sums(row)]),
    ),
    classes: new Map(
      all("SELECT hypervisor_id, billing_class_id, sum(volume_gb) volume FROM disk_usage WHERE connection_id = 'c1' GROUP BY 1, 2").map(
        (row) => [`${String(row['hypervisor_id'])}|${String(row['billing_class_id'])}`, round(Number(row['volume']))],
      ),
    ),
    debts: new Map(
      all("SELECT * FROM debt WHERE connection_id = 'c1'").map(({ currency, minor, clients }) => [
        String(currency),
        { minor: Number(minor), clients: Number(clients) },
      ]),
    ),
    summaries: new Map(
      all("SELECT * FROM client_summary WHERE connection_id = 'c1'").map(({ client_id: id, ...row }) => [
        String(id),
        Object.fromEntries(
          ['servers', 'cpu', 'ram_gb', 'disks', 'volume_gb', 'unmanaged', 'notes', 'tight_share', 'tight_state'].map((name) => [
            name,
            row[name],
          ]),
        ),
      ]),
    ) as unknown as ReturnType<typeof recountedFigures>['summaries'],
  }
}
