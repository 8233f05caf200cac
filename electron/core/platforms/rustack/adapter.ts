import type { Dataset } from '@shared/domain/datasets'
import type { EntityOf } from '@shared/domain/entities'
import { AppError } from '@shared/errors'
import type { Transport } from '../http'
import type { RustackSettings } from '@shared/domain/connections/rustack'
import { capabilityOf, type PageSize, type PlatformAdapter } from '../port/core'
import type { Page, PageRequest, Sideload } from '../port/reads'
import { clientStatisticsPath, createLists, statisticsQuery } from './api'
import { createLimitWrites } from './limit-writes'
import { mapClient, mapDisk, mapNetwork, mapPort, mapProject, mapRouter, mapServer, mapStorageProfile, mapVdc, type Mapper } from './map'
import { inferredMappers } from './map-inferred'
import { organisationMappers } from './map-organisation'
import { createNotes } from './notes'
import { readWhole, type RawPage } from './paging'
import { createNetworkVdcs, createPortList, isRefusal } from './ports'
import { createPowerWrites } from './power'
import { probe } from './probe'
import type { RustackProfile } from './profile'
import { mappedRows, readOwned } from './rows'
import { createTrial } from './trial'

export interface RustackOptions {
  transport: Transport
  settings: Pick<RustackSettings, 'utcOffsetMinutes'>
  pageSize: PageSize | null
  profile: RustackProfile
  clock: { now(): number }
}

/** The parts that it has. */
export type RustackAdapter = PlatformAdapter & Required<Pick<PlatformAdapter, 'clientDays' | 'profile' | 'notes' | 'limits' | 'power'>>

const PING_TIMEOUT_MS = 5_000
type Answered<D extends Dataset> = Page<EntityOf[D]> & { sideload: Sideload }

/** РУСТЭК-ЕСУ (Basis Cloud Control): the KNOWN half in code, the INFERRED half by its profile. Nothing is retried here. */
export const createRustackAdapter = ({ transport, settings, pageSize, profile, clock }: RustackOptions): RustackAdapter => {
  const zone = settings.utcOffsetMinutes
  const mappers = inferredMappers(profile)
  const organisation = organisationMappers(profile)
  const lists = createLists({ transport, profile, zone, clock, pageSize })
  const ports = createPortList(lists)
  const networks = createNetworkVdcs(transport)

  const mapperOf = (request: PageRequest): Mapper<EntityOf[Dataset]> => {
    const { dataset, ownerId, ownerKind = 'client', resolution = 'day' } = request
    const all: { [D in Dataset]?: Mapper<EntityOf[D]> } = {
      partners: mappers.partner,
      clients: mapClient,
      contracts: mappers.contract,
      tariff_plans: mappers.tariffPlan,
      projects: mapProject,
      vdcs: mapVdc,
      servers: mapServer,
      disks: mapDisk,
      networks: mapNetwork,
      routers: mapRouter,
      ports: mapPort,
      storage_profiles: mapStorageProfile,
      accounts: mappers.account,
      notes: mappers.note(ownerId ?? null),
      limits: mappers.limit(ownerKind, ownerId ?? ''),
      statistics: mappers.statistic(resolution),
      ...organisation,
    }
    const mapper = all[dataset]
    if (!mapper) throw new AppError('not-offered', `no list of ${dataset}`)
    return mapper
  }

  const rawPage = async (request: PageRequest): Promise<RawPage> => {
    if (request.dataset === 'ports') return ports.page(request)
    const list = lists.requestOf(request)
    if (request.ownerId === undefined) return lists.page(list)
    const { items, at } = await readWhole((cursor) => lists.page({ ...list, cursor }))
    return { items, total: items.length, next: null, at }
  }
  const page = async <D extends Dataset>(request: PageRequest<D>): Promise<Answered<D>> => {
    const { items, ...raw } = await rawPage(request)
    const rows = mappedRows(items, mapperOf(request) as Mapper<EntityOf[D]>, zone)
    if (request.dataset === 'networks') networks.learn(rows.items as EntityOf['networks'][])
    if (request.dataset === 'ports') await placePorts(items, rows.items as EntityOf['ports'][], request.signal)
    return { ...raw, ...rows }
  }

  /** Gives ports that name no data centre the one of their network. */
  const placePorts = async (raws: readonly unknown[], found: EntityOf['ports'][], signal: AbortSignal): Promise<void> => {
    const networkOf = new Map(mappedRows(raws, portNetwork, zone).items.map(({ id, networkId }) => [id, networkId]))
    for (const port of found) {
      const networkId = port.vdcId === null ? networkOf.get(port.id) : null
      if (networkId) port.vdcId = await networks.find(networkId, signal)
    }
  }

  return {
    probe: async (signal) => {
      const report = await probe({ transport, lists, profile, zone, clock, signal })
      lists.setPageSize(report.capabilities.pageSize)
      const { reason } = capabilityOf(report.capabilities, 'ports')
      ports.setRefused(reason !== null && isRefusal(reason))
      return report
    },
    ping: async (signal) => ({
      at: (await transport.send({ method: 'GET', path: '/v1/account/me', signal, urgent: true, timeoutMs: PING_TIMEOUT_MS })).at,
    }),
    page,
    clientDays: async (clientId, from, to, signal) => {
      const query = statisticsQuery({ from, to, resolution: 'day' }, { profile, zone })
      const list = { dataset: 'statistics' as const, path: clientStatisticsPath(profile, clientId), query, signal, urgent: true }
      return (await readOwned(list, { lists, zone, mapper: mappers.statistic('day') })).items
    },
    notes: createNotes({ transport, lists, profile, zone }),
    profile: createTrial(transport, profile),
    limits: createLimitWrites({ transport, lists, profile, zone }),
    power: createPowerWrites(transport),
    close: () => {
      transport.close()
    },
  }
}

const portNetwork: Mapper<{ id: string; networkId: string | null }> = (row) => ({
  entity: { id: row.id(), networkId: row.ref('network')?.id ?? null },
})
