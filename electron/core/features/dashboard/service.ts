import { usageState, type LimitType } from '@shared/domain/limits'
import { AppError } from '@shared/errors'
import type { Dataset } from '@shared/domain/datasets'
import type { DashboardSummary } from '@shared/ipc/dashboard'
import type { Handlers, Output } from '@shared/ipc/contract'
import type { AsOf } from '@shared/ipc/rows'
import { allOpenCommands } from '../../store/local/outbox'
import { findConnection, type StoredConnection } from '../../store/local/connections'
import {
  clientsNearLimit,
  contributors,
  countClients,
  negativeBalances,
  partnerHypervisors,
  unmanagedClients,
} from '../../store/read/dashboard'
import { limitsOf, partnerLimitsAsOf, type LimitRow } from '../../store/read/limits'
import type { Memo } from '../../store/read/memo'
import { asOfAll, incompleteDatasets, older } from '../../store/read/sync-status'
import { diskUsage, totalUsage, type UsageRow } from '../../store/read/usage'
import type { Workspace } from '../workspace'
import { attention } from './attention'
import { diskClasses, rankedLimits, sumUse, useOfLimit } from './figures'
import { chargedThisMonth, deltaOverMonth, monthOfDays, round, spark, type DayPoint, type Figure } from './history'
import { series } from './series'

export interface DashboardFeature {
  workspace: Workspace
  memo: Memo
  /** Alerts of one connection that are due, and the oldest of them. */
  alertsDue: (connectionId: string) => { count: number; since: number | null }
}
export type DashboardService = ReturnType<typeof createDashboard>
type SummaryInput = Parameters<Handlers<'dashboard'>['summary']>[0]

const resources: readonly Dataset[] = ['projects', 'vdcs', 'servers']
const networks: readonly Dataset[] = ['vdcs', 'networks', 'routers', 'ports']
const counted: Record<LimitType, readonly Dataset[]> = {
  servers: resources,
  cpu: resources,
  ram: resources,
  disks: ['vdcs', 'disks'],
  volume: ['vdcs', 'disks'],
  ip: networks,
  networks,
  routers: networks,
}

export const createDashboard = ({ workspace, memo, alertsDue }: DashboardFeature) => {
  const { cache, local, clock } = workspace
  const mustFind = (id: string): StoredConnection => {
    const found = findConnection(local, id)
    if (!found) throw new AppError('not-found', 'no such connection')
    return found
  }
  const usageOf = (id: string): UsageRow[] => totalUsage(cache, id)
  const negativeOf = (id: string) => negativeBalances(cache, id)
  const asOf = (id: string, needed: readonly Dataset[]): AsOf => asOfAll(cache, id, needed)

  const summary = ({ connectionId: id, hypervisorId }: SummaryInput): DashboardSummary => {
    const connection = mustFind(id)
    const now = clock.now()
    const usage = usageOf(id)
    const limits = limitsOf(cache, { connectionId: id, owner: 'partner', ownerId: null })
    const key = { connectionId: id, utcOffsetMinutes: connection.billingOffsetMinutes, now }
    const days = monthOfDays(workspace, key)
    const from = { usage, limits }
    const figure = (type: LimitType) => useOfLimit(from, type, hypervisorId)
    const trend = (read: Figure, current: number) => ({
      delta30: deltaOverMonth(days, read, { current, now }),
      spark: spark(days, read, current),
    })
    const clients = countClients(cache, id)
    const servers = sumUse(usage, 'servers', hypervisorId)
    const charged = chargedThisMonth(workspace, key)
    const whole = hypervisorId === null
    const limitsOffered = connection.capabilities?.datasets.limits.offered ?? false
    const limitsRead = partnerLimitsAsOf(cache, id)
    return {
      clients: { count: clients, ...trend((day) => day.clients, clients), asOf: asOf(id, ['clients']) },
      // History is the partner's whole: beside one hypervisor's figure it would compare two different things.
      servers: {
        count: servers,
        ...(whole ? trend((day) => day.servers, servers) : { delta30: null, spark: [] }),
        asOf: asOf(id, resources),
      },
      charged: charged && { ...charged, asOf: asOf(id, ['statistics']) },
      negative: { ...negativeOf(id), asOf: asOf(id, ['clients', 'contracts']) },
      cpu: figure('cpu'),
      ram: figure('ram'),
      disks: diskRows(workspace, { id, hypervisorId, days, now }),
      volume: volumeOf(figure('volume'), whole ? days : [], now),
      diskAsOf: asOf(id, counted.volume),
      limits: rankedLimits(from, hypervisorId).map((tile) => ({
        ...tile,
        asOf: limitsOffered ? older(asOf(id, counted[tile.type]), limitsRead) : asOf(id, counted[tile.type]),
      })),
      limitsOffered,
      hypervisors: hypervisorsOf(usage, limits, partnerHypervisors(cache, id)),
      attention: attention({
        tokenRejected: connection.state === 'token-rejected',
        limits: rankedLimits(from, null).concat(useOfLimit(from, 'volume', null)),
        negative: negativeOf(id),
        alertsDue: alertsDue(id),
        ...decisions(workspace, id),
        unmanaged: memo(`dashboard.unmanaged ${id}`, () => unmanagedClients(cache, id)),
        nearLimit: memo(`dashboard.near ${id}`, () => clientsNearLimit(cache, id)),
        incomplete: incompleteDatasets(cache, id),
      }),
    }
  }

  return {
    summary,
    series: ({ connectionId, period }: Parameters<Handlers<'dashboard'>['series']>[0]): Output<'dashboard', 'series'> => {
      mustFind(connectionId)
      const { at } = asOf(connectionId, resources)
      const usage = usageOf(connectionId)
      const current = at === null ? null : { at, cpu: sumUse(usage, 'cpu', null), ramGb: sumUse(usage, 'ram', null) }
      return series(workspace, { connectionId, period, now: clock.now(), current })
    },
    contributors: (input: Parameters<Handlers<'dashboard'>['contributors']>[0]): Output<'dashboard', 'contributors'> =>
      memo(`dashboard.contributors ${JSON.stringify(input)}`, () => contributors(cache, input)).map((row) => ({
        ...row,
        state: row.limit === null ? null : usageState(row.use, row.limit),
      })),
  }
}

const diskRows = (
  { cache }: Workspace,
  { id, hypervisorId, days, now }: { id: string; hypervisorId: string | null; days: DayPoint[]; now: number },
): DashboardSummary['disks'] =>
  diskClasses(diskUsage(cache, id), hypervisorId).map(({ billingClassId, name, useGb }) => {
    const read: Figure = (day) => day.diskGb[billingClassId] ?? null
    const history = hypervisorId === null ? days : []
    const current = round(useGb)
    return {
      billingClassId,
      name,
      useGb: current,
      delta30Gb: deltaOverMonth(history, read, { current, now }),
      spark: spark(history, read, current),
    }
  })

const volumeOf = ({ use, limit, state }: ReturnType<typeof useOfLimit>, days: DayPoint[], now: number): DashboardSummary['volume'] => ({
  useGb: round(use),
  limitGb: limit,
  state,
  delta30Gb: deltaOverMonth(days, (day) => day.volumeGb, { current: use, now }),
})

/** Every hypervisor that is used, limited or open to the partner. */
const hypervisorsOf = (
  usage: readonly UsageRow[],
  limits: readonly LimitRow[],
  open: readonly { id: string; name: string; type: string | null }[],
): DashboardSummary['hypervisors'] => {
  const found = new Map(open.map(({ id, name, type }) => [id, { id, name, type }]))
  for (const { hypervisorId: id, hypervisorName: name } of limits) if (!found.has(id)) found.set(id, { id, name, type: null })
  for (const { hypervisorId: id, hypervisorName: name, hypervisorType: type } of usage)
    if (!found.has(id) && id !== '') found.set(id, { id, name, type })
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name))
}

const decisions = ({ local }: Workspace, id: string): { conflicts: number; blocked: number } => {
  const open = allOpenCommands(local).filter((command) => command.connectionId === id)
  return {
    conflicts: open.filter(({ state }) => state === 'conflict').length,
    blocked: open.filter(({ state }) => state === 'blocked' || state === 'rejected').length,
  }
}
