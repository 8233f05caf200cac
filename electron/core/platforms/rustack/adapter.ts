import { formatPlatformTime } from '@shared/domain/platform-time'
import type { Dataset } from '@shared/domain/datasets'
import type { EntityOf, Note } from '@shared/domain/entities'
import { AppError } from '@shared/errors'
import { ZodError } from 'zod'
import type { Transport } from '../http'
import type { ConnectionSettings, NoteDraft, Page, PageRequest, PlatformAdapter, Sideload } from '../port'
import { clientStatisticsPath, getPage, listPath, listQuery, notePaths, type RawPage } from './api'
import { mapClient, mapDisk, mapNetwork, mapPort, mapProject, mapRouter, mapServer, mapStorageProfile, mapVdc, type Mapper } from './map'
import { inferredMappers } from './map-inferred'
import { probe } from './probe'
import type { RustackProfile } from './profile'

export interface RustackOptions {
  transport: Transport
  settings: Pick<ConnectionSettings, 'utcOffsetMinutes'>
  profile: RustackProfile
  clock: { now(): number }
}

const PING_TIMEOUT_MS = 5_000
/** Pages of one client's own list: a guard against a list that never ends. */
const MOST_PAGES = 1_000

/** РУСТЭК-ЕСУ (Basis Cloud Control): the KNOWN half in code, the INFERRED half by its profile. Nothing is retried here. */
export const createRustackAdapter = ({ transport, settings, profile, clock }: RustackOptions): PlatformAdapter => {
  const zone = settings.utcOffsetMinutes
  const mappers = inferredMappers(profile)
  const paths = notePaths(profile)

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

  const page = async <D extends Dataset>(request: PageRequest<D>): Promise<Page<EntityOf[D]> & { sideload: Sideload }> => {
    const path = listPath(request, profile)
    const query = listQuery(request, { profile, zone })
    const raw = await getPage(transport, { path, query, cursor: request.cursor, signal: request.signal }, clock)
    return mapped(raw, mapperOf(request) as Mapper<EntityOf[D]>, zone)
  }

  /** A short list that belongs to one client, whole: rows that cannot be read make it useless. */
  const whole = async <T>(list: { path: string; query: Record<string, string>; signal: AbortSignal }, mapper: Mapper<T>): Promise<T[]> => {
    const rows: T[] = []
    for (let cursor: string | null = null, count = 0; count < MOST_PAGES; count++) {
      const raw: RawPage = await getPage(transport, { ...list, cursor }, clock)
      for (const item of raw.items) rows.push(readable(() => mapper(item, zone).entity))
      if (raw.next === null) return rows
      cursor = raw.next
    }
    throw new AppError('bad-answer', 'the list does not end')
  }

  const noteBody = ({ text, alertAt }: NoteDraft) => {
    const { fields } = profile
    return { [fields.note.text]: text, [fields.note.alertAt]: alertAt === null ? null : formatPlatformTime(alertAt, zone).slice(0, 16) }
  }
  const noteFrom = (json: unknown, clientId: string): Note => readable(() => mappers.note(clientId)(json, zone).entity)

  const clientNotes: PlatformAdapter['clientNotes'] = (clientId, signal) =>
    whole({ path: paths.ofClient(clientId), query: listQuery({ dataset: 'notes' }, { profile, zone }), signal }, mappers.note(clientId))

  return {
    probe: (signal) => probe({ transport, profile, zone, clock, signal }),
    ping: async (signal) => ({
      at: (await transport.send({ method: 'GET', path: '/v1/account/me', signal, timeoutMs: PING_TIMEOUT_MS })).at,
    }),
    page,
    clientDays: (clientId, from, to, signal) => {
      const query = listQuery({ dataset: 'statistics', from, to, resolution: 'day' }, { profile, zone })
      return whole({ path: clientStatisticsPath(profile, clientId), query, signal }, mappers.statistic('day'))
    },
    createNote: async (draft, signal) => {
      const answer = await transport.send({ method: 'POST', path: paths.ofClient(draft.clientId), body: noteBody(draft), signal })
      return noteFrom(answer.json, draft.clientId)
    },
    updateNote: async (id, draft, signal) => {
      const answer = await transport.send({ method: 'PUT', path: paths.one(id), body: noteBody(draft), signal })
      return noteFrom(answer.json, draft.clientId)
    },
    confirmNote: async (id, draft, signal) => {
      const answer = await transport.send({ method: 'POST', path: paths.confirm(id), body: {}, signal })
      // An action may answer with nothing: then the note itself tells.
      const json = answer.json ?? (await transport.send({ method: 'GET', path: paths.one(id), signal })).json
      return noteFrom(json, draft.clientId)
    },
    deleteNote: async (id, signal) => {
      await transport.send({ method: 'DELETE', path: paths.one(id), signal })
    },
    clientNotes,
  }
}

const readable = <T>(read: () => T): T => {
  try {
    return read()
  } catch (error) {
    throw new AppError('bad-answer', `an answer cannot be read: ${whyOf(error)}`)
  }
}

const mapped = <T>({ items, total, next, answer }: RawPage, mapper: Mapper<T>, zone: number): Page<T> & { sideload: Sideload } => {
  const found: Page<T> & { sideload: Sideload } = { items: [], total, unreadable: [], partial: [], next, at: answer.at, sideload: {} }
  for (const raw of items)
    try {
      const { entity, sideload } = mapper(raw, zone)
      found.items.push(entity)
      gather(found.sideload, sideload)
    } catch (error) {
      found.unreadable.push({ id: null, name: null, field: whyOf(error), why: 'unreadable', raw })
    }
  return found
}

const gather = (into: Sideload, from: Sideload | undefined): void => {
  if (from?.contracts) (into.contracts ??= []).push(...from.contracts)
  if (from?.tariff_plans) (into.tariff_plans ??= []).push(...from.tariff_plans)
  if (from?.partners) (into.partners ??= []).push(...from.partners)
}

/** Which field, and what is wrong with it; never the value itself. */
const whyOf = (error: unknown): string => {
  // A RangeError's message ends with the value.
  if (!(error instanceof ZodError)) return error instanceof Error ? (error.message.split(':')[0] ?? '') : 'unreadable'
  const issue = error.issues[0]
  return `${issue?.path.join('.') ?? ''}: ${issue?.code ?? 'invalid'}`
}
