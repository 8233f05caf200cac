import { useByHypervisorLists, useLists, ownerLists } from '@shared/domain/figure-lists'
import type { LimitType } from '@shared/domain/limits'
import type { DashboardSummary, LimitTile } from '@shared/ipc/dashboard'
import type { AsOf } from '@shared/ipc/rows'
import type { StoredConnection } from '../../store/local/connections'
import { firstHypervisorSampleAt } from '../../store/local/samples'
import { countClients, negativeBalances, partnerHypervisors } from '../../store/read/dashboard'
import { partnerLimits, type PartnerLimits } from '../../store/read/limits'
import type { Memo } from '../../store/read/memo'
import { older } from '../../store/read/sync-status'
import { clientUsage, diskUsage, totalUsage, usageByPartner, type UsageRow } from '../../store/read/usage'
import type { Workspace } from '../workspace'
import { diskClasses, limitParts, pressure, sumUse, tileTypes, type Compared } from './figures'
import { chargedThisMonth, deltaOverMonth, monthOfDays, monthStart, round, spark, type DayPoint, type Figure } from './history'
import { createFigureAsOf, isKnown, type FigureAsOf } from './figure-as-of'

export interface SummaryOf {
  workspace: Workspace
  memo: Memo
  connection: StoredConnection
  hypervisorId: string | null
}
/** All figures of a moment, but not yet what of them needs a person. */
export type Figures = Omit<DashboardSummary, 'issues' | 'unseen'>

export const figuresOf = (of: SummaryOf): Figures => {
  const { workspace, memo, connection, hypervisorId } = of
  const { cache, local, clock } = workspace
  const { id, billingOffsetMinutes: utcOffsetMinutes } = connection
  const now = clock.now()
  const asOfs = createFigureAsOf(cache, id, connection.capabilities)
  const usage = totalUsage(cache, id)
  const partners = partnerLimits(cache, id)
  const compared: Compared = { usage, partners, byPartner: () => memo(`dashboard.partners ${id}`, () => usageByPartner(cache, id)) }
  const scope: Scope = { asOfs, compared, partnersAsOf: asOfs.probed(partners.asOf), hypervisorId }
  const days = monthOfDays(workspace, { connectionId: id, hypervisorId, utcOffsetMinutes, now })
  const trend = trendOf(days, now)
  const servers = tileOf(scope, 'servers')
  return {
    clients: clientsOf(of, { asOfs, now }),
    servers: { count: servers.use, ...trend((day) => day.servers, servers.use), asOf: servers.asOf },
    charged: chargedOf(of, { asOfs, now }),
    negative: negativeOf(of, asOfs),
    ...disksOf(of, { scope, trend }),
    limits: tileTypes.map((type) => tileOf(scope, type)).sort((a, b) => tilePressure(b) - tilePressure(a)),
    partnerLimits: { read: partners.read, of: partners.partners.length, asOf: scope.partnersAsOf },
    hypervisors: hypervisorsOf(usage, partners.limits, partnerHypervisors(cache, id)),
    hypervisorsSince: firstHypervisorSampleAt(local, id),
    unowned: unownedOf(of, asOfs),
  }
}

interface Scope {
  asOfs: FigureAsOf
  compared: Compared
  partnersAsOf: AsOf
  hypervisorId: string | null
}
/** Total use needs the rows alone; one hypervisor's, and every comparison, needs to know where they stand. */
const tileOf = ({ asOfs, compared, partnersAsOf, hypervisorId }: Scope, type: LimitType): LimitTile => {
  const split = asOfs.figures(placedLists(compared.partners, type))
  const asOf = hypervisorId === null ? asOfs.figures(useLists(type)) : asOfs.figures(useByHypervisorLists(type))
  const limitAsOf = older(split, partnersAsOf)
  return {
    type,
    use: isKnown(asOf) ? round(sumUse(compared.usage, type, hypervisorId)) : null,
    asOf,
    parts: isKnown(limitAsOf) ? limitParts(compared, type, hypervisorId) : [],
    limitAsOf,
  }
}
/** Whose use it is must be known too where a connection has several partners. */
const placedLists = ({ partners }: Pick<PartnerLimits, 'partners'>, type: LimitType) =>
  partners.length > 1 ? [...new Set([...useByHypervisorLists(type), ...ownerLists])] : useByHypervisorLists(type)

const tilePressure = ({ parts: [worst] }: LimitTile): number => (worst ? pressure(worst) : -3)

type Trend = (read: Figure, current: number | null) => { delta30: number | null; spark: number[] }
const trendOf =
  (days: readonly DayPoint[], now: number): Trend =>
  (read, current) =>
    current === null
      ? { delta30: null, spark: [] }
      : { delta30: deltaOverMonth(days, read, { current, now }), spark: spark(days, read, current) }

interface At {
  asOfs: FigureAsOf
  now: number
}
/** A client is not one hypervisor's: its figure and its history are always the whole. */
const clientsOf = (
  { workspace, connection: { id, billingOffsetMinutes: utcOffsetMinutes } }: SummaryOf,
  { asOfs, now }: At,
): Figures['clients'] => {
  const asOf = asOfs.rows(['clients'])
  const count = isKnown(asOf) ? countClients(workspace.cache, id) : null
  const days = monthOfDays(workspace, { connectionId: id, hypervisorId: null, utcOffsetMinutes, now })
  return { count, ...trendOf(days, now)((day) => day.clients, count), asOf }
}

const chargedOf = (
  { workspace, connection: { id, billingOffsetMinutes: utcOffsetMinutes } }: SummaryOf,
  { asOfs, now }: At,
): Figures['charged'] => {
  const asOf = asOfs.rows(['statistics'])
  const known = isKnown(asOf) ? chargedThisMonth(workspace, { connectionId: id, utcOffsetMinutes, now }) : null
  return { ...(known ?? { amount: null, since: monthStart(now, utcOffsetMinutes), compared: null, spark: [] }), asOf }
}

const negativeOf = ({ workspace, connection: { id } }: SummaryOf, asOfs: FigureAsOf): Figures['negative'] => {
  const asOf = asOfs.figures(['clients', 'contracts'])
  return { ...(isKnown(asOf) ? negativeBalances(workspace.cache, id) : { clients: null, totals: [] }), asOf }
}

/** The total under the table is the sum of its rows. */
const disksOf = (
  { workspace, connection: { id }, hypervisorId }: SummaryOf,
  { scope, trend }: { scope: Scope; trend: Trend },
): Pick<Figures, 'disks' | 'volume'> => {
  const tile = tileOf(scope, 'volume')
  const rows = tile.use === null ? [] : diskClasses(diskUsage(workspace.cache, id), hypervisorId)
  const disks = rows.map(({ billingClassId, name, useGb }) => {
    const current = round(useGb)
    const { delta30: delta30Gb, spark: course } = trend((day) => (day.diskGb === null ? null : (day.diskGb[billingClassId] ?? 0)), current)
    return { billingClassId, name, useGb: current, delta30Gb, spark: course }
  })
  const use = tile.use === null ? null : round(disks.reduce((sum, { useGb }) => sum + useGb, 0))
  return { disks, volume: { ...tile, use, delta30Gb: trend((day) => day.volumeGb, use).delta30 } }
}

/** Rows that hang on no known client are kept under an empty id; nobody can tell while owners were not read. */
const unownedOf = ({ workspace, connection: { id }, hypervisorId }: SummaryOf, asOfs: FigureAsOf): Figures['unowned'] => {
  if (!isKnown(asOfs.figures(ownerLists))) return null
  const rows = clientUsage(workspace.cache, id, '')
  // Of a list that was read in part nothing is told, as in its own tile.
  const use = (type: LimitType): number => (isKnown(asOfs.figures(useLists(type))) ? sumUse(rows, type, hypervisorId) : 0)
  return { servers: use('servers'), disks: use('disks'), ip: use('ip'), networks: use('networks'), routers: use('routers') }
}

/** Every hypervisor that is used, limited or open to the partner. */
const hypervisorsOf = (
  usage: readonly UsageRow[],
  limits: PartnerLimits['limits'],
  open: readonly { id: string; name: string; type: string | null }[],
): DashboardSummary['hypervisors'] => {
  const found = new Map(open.map(({ id, name, type }) => [id, { id, name, type }]))
  for (const { hypervisorId: id, hypervisorName: name } of limits) if (!found.has(id)) found.set(id, { id, name, type: null })
  for (const { hypervisorId: id, hypervisorName: name, hypervisorType: type } of usage)
    if (!found.has(id) && id !== '') found.set(id, { id, name, type })
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name))
}
