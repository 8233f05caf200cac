import { formatPlatformTime } from '@shared/domain/platform-time'
import type { Dataset } from '@shared/domain/datasets'
import type { EntityOf, Note } from '@shared/domain/entities'
import { AppError } from '@shared/errors'
import type { Transport } from '../http'
import type { ConnectionSettings, NoteDraft, Page, PageRequest, PageSize, PlatformAdapter, Sideload } from '../port'
import { clientStatisticsPath, createLists, limitPaths, notePaths, statisticsQuery } from './api'
import { createLimitWrites } from './limit-writes'
import { mapClient, mapDisk, mapNetwork, mapPort, mapProject, mapRouter, mapServer, mapStorageProfile, mapVdc, type Mapper } from './map'
import { inferredMappers } from './map-inferred'
import { readWhole, type RawPage } from './paging'
import { createNetworkVdcs, createPortList, isRefusal } from './ports'
import { createPowerWrites } from './power'
import { probe } from './probe'
import type { RustackProfile } from './profile'
import { mappedRows, type Rows } from './rows'

export interface RustackOptions {
  transport: Transport
  settings: Pick<ConnectionSettings, 'utcOffsetMinutes'>
  pageSize: PageSize | null
  profile: RustackProfile
  clock: { now(): number }
}

const PING_TIMEOUT_MS = 5_000
type Answered<D extends Dataset> = Page<EntityOf[D]> & { sideload: Sideload }

/** РУСТЭК-ЕСУ (Basis Cloud Control): the KNOWN half in code, the INFERRED half by its profile. Nothing is retried here. */
export const createRustackAdapter = ({ transport, settings, pageSize, profile, clock }: RustackOptions): PlatformAdapter => {
  const zone = settings.utcOffsetMinutes
  const mappers = inferredMappers(profile)
  const paths = notePaths(profile)
  const lists = createLists({ transport, profile, zone, clock, pageSize })
  const ports = createPortList(lists)
  const networks = createNetworkVdcs(transport)

  const mapperOf = (request: PageRequest): Mapper<EntityOf[Dataset]> => {
    const { dataset, ownerId, ownerKind = 'client', resolution = 'day' } = request
    const all: { [D in Dataset]: Mapper<EntityOf[D]> } = {
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
    }
    return all[dataset]
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

  /** A short list that belongs to one client, whole: rows that cannot be read make it useless. */
  const whole = async <T>(
    list: { dataset: Dataset; path: string; query: Record<string, string>; signal: AbortSignal },
    mapper: Mapper<T>,
  ) => {
    const { items, at } = await readWhole((cursor) => lists.page({ ...list, cursor }))
    const rows = mappedRows(items, mapper, zone)
    if (rows.unreadable.length > 0) throw unreadable(rows)
    return { ...rows, at }
  }

  const noteBody = ({ text, alertAt }: NoteDraft) => {
    const { fields } = profile
    return { [fields.note.text]: text, [fields.note.alertAt]: alertAt === null ? null : formatPlatformTime(alertAt, zone).slice(0, 16) }
  }
  const noteFrom = (json: unknown, clientId: string): Note => {
    const rows = mappedRows([json], mappers.note(clientId), zone)
    const [note] = rows.items
    if (note === undefined) throw unreadable(rows)
    return note
  }

  const clientNotes: PlatformAdapter['clientNotes'] = async (clientId, signal) => {
    const rows = await whole({ dataset: 'notes', path: paths.ofClient(clientId), query: {}, signal }, mappers.note(clientId))
    // A note is told from another by these two: where one of them is not known, nothing is proved.
    const telling: (string | null)[] = [profile.fields.note.text, profile.fields.note.alertAt]
    if (rows.partial.some(({ field }) => telling.includes(field))) throw unreadable({ ...rows, unreadable: rows.partial })
    return rows.items
  }

  const clientLimits = async (clientId: string, signal: AbortSignal): Promise<{ rows: EntityOf['limits'][]; at: number }> => {
    const list = { dataset: 'limits' as const, path: limitPaths(profile).ofClient(clientId), query: {}, signal }
    const { items, at } = await whole(list, mappers.limit('client', clientId))
    return { rows: items, at }
  }

  /** The platform has confirmed it; that the note cannot be read back is no refusal. */
  const confirmedNote = async (id: string, clientId: string, signal: AbortSignal): Promise<Note> => {
    try {
      return noteFrom((await transport.send({ method: 'GET', path: paths.one(id), signal })).json, clientId)
    } catch (thrown) {
      const error = AppError.from(thrown)
      if (error.code === 'unauthorized' || error.code === 'cancelled') throw error
      const found = isRefusal(error) ? (await clientNotes(clientId, signal).catch(() => [])).find((note) => note.id === id) : undefined
      if (found) return found
      throw new AppError('bad-answer', 'confirmed, but the note could not be read back', { reason: error.code })
    }
  }

  return {
    probe: async (signal) => {
      const report = await probe({ transport, lists, profile, zone, clock, signal })
      lists.setPageSize(report.capabilities.pageSize)
      const { reason } = report.capabilities.datasets.ports
      ports.setRefused(reason !== null && isRefusal(reason))
      return report
    },
    ping: async (signal) => ({
      at: (await transport.send({ method: 'GET', path: '/v1/account/me', signal, timeoutMs: PING_TIMEOUT_MS })).at,
    }),
    page,
    clientDays: async (clientId, from, to, signal) => {
      const query = statisticsQuery({ from, to, resolution: 'day' }, { profile, zone })
      const list = { dataset: 'statistics' as const, path: clientStatisticsPath(profile, clientId), query, signal }
      return (await whole(list, mappers.statistic('day'))).items
    },
    createNote: async (draft, signal) => {
      const answer = await transport.send({ method: 'POST', path: paths.ofClient(draft.clientId), body: noteBody(draft), signal })
      return noteFrom(answer.json, draft.clientId)
    },
    updateNote: async (id, draft, signal) => {
      const answer = await transport.send({ method: 'PUT', path: paths.one(id), body: noteBody(draft), signal })
      return noteFrom(answer.json, draft.clientId)
    },
    confirmNote: async (id, { clientId }, signal) => {
      const answer = await transport.send({ method: 'POST', path: paths.confirm(id), body: {}, signal })
      // An action may answer with nothing: then the note itself tells.
      return answer.json === null ? confirmedNote(id, clientId, signal) : noteFrom(answer.json, clientId)
    },
    deleteNote: async (id, signal) => {
      await transport.send({ method: 'DELETE', path: paths.one(id), signal })
    },
    clientNotes,
    limits: createLimitWrites({ transport, profile, read: clientLimits }),
    power: createPowerWrites(transport),
    close: () => {
      transport.close()
    },
  }
}

const portNetwork: Mapper<{ id: string; networkId: string | null }> = (row) => ({
  entity: { id: row.id(), networkId: row.ref('network')?.id ?? null },
})

/** Which field, and what is wrong with it; never the value itself. */
const unreadable = ({ unreadable: [first] }: Pick<Rows<unknown>, 'unreadable'>): AppError =>
  new AppError('bad-answer', `an answer cannot be read: ${first?.field ?? 'a row'}: ${first?.why ?? ''}`, { reason: 'unreadable' })
