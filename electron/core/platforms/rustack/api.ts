import { formatPlatformTime } from '@shared/domain/platform-time'
import { AppError } from '@shared/errors'
import type { Dataset } from '@shared/domain/datasets'
import type { HttpAnswer, HttpRequest, Transport } from '../http'
import type { PageRequest } from '../port'
import { ListDto } from './dto'
import type { RustackProfile } from './profile'

/** Paths of the KNOWN half: stated by the vendor's own published clients. */
const knownPaths: Partial<Record<Dataset, string>> = {
  clients: '/v1/client',
  projects: '/v1/project',
  vdcs: '/v1/vdc',
  servers: '/v1/vm',
  disks: '/v1/disk',
  networks: '/v1/network',
  routers: '/v1/router',
  ports: '/v1/port',
  storage_profiles: '/v1/storage_profile',
}
export const isKnown = (dataset: Dataset): boolean => Object.hasOwn(knownPaths, dataset)

const withId = (path: string, id: string): string => path.replace(':id', encodeURIComponent(id))

const inferredPath = (request: PageRequest, { paths }: RustackProfile): string | null => {
  const { dataset, ownerId, ownerKind } = request
  if (dataset === 'notes') return ownerId === undefined ? paths.notes : withId(paths.clientNotes, ownerId)
  if (dataset === 'limits') {
    if (ownerId === undefined) return paths.limits
    return ownerKind === 'partner' ? paths.partnerLimits && withId(paths.partnerLimits, ownerId) : withId(paths.clientLimits, ownerId)
  }
  const lists = {
    partners: paths.partners,
    contracts: paths.contracts,
    tariff_plans: paths.tariffPlans,
    accounts: paths.accounts,
    statistics: paths.statistics,
  }
  return Object.hasOwn(lists, dataset) ? lists[dataset as keyof typeof lists] : null
}

/** @throws AppError `not-offered` where the profile has no such list. */
export const listPath = (request: PageRequest, profile: RustackProfile): string => {
  const path = knownPaths[request.dataset] ?? inferredPath(request, profile)
  if (path === null) throw new AppError('not-offered', `the profile has no list of ${request.dataset}`)
  return path
}

export const notePaths = ({ paths }: RustackProfile) => ({
  ofClient: (clientId: string): string => withId(paths.clientNotes, clientId),
  one: (id: string): string => withId(paths.note, id),
  confirm: (id: string): string => withId(paths.noteConfirm, id),
})
export const clientStatisticsPath = ({ paths }: RustackProfile, clientId: string): string => withId(paths.clientStatistics, clientId)

/** Without a sort of its own a list comes newest first, and each new row would push the others to the next page. */
const OLDEST_FIRST = { sort: 'ctime' }

export const listQuery = (
  request: Pick<PageRequest, 'dataset' | 'from' | 'to' | 'resolution'>,
  { profile, zone }: { profile: RustackProfile; zone: number },
): Record<string, string> => {
  if (request.dataset !== 'statistics') return OLDEST_FIRST
  const { queries } = profile
  return {
    [queries.detail]: request.resolution === 'hour' ? queries.hour : queries.day,
    ...(request.from === undefined ? {} : { [queries.from]: formatPlatformTime(request.from, zone) }),
    ...(request.to === undefined ? {} : { [queries.to]: formatPlatformTime(request.to, zone) }),
  }
}

/** Where a walk stands: the page to ask for, and how many rows came before it. */
interface Position {
  page: number
  collected: number
}
const positionOf = (cursor: string | null): Position => {
  const match = /^(\d+):(\d+)$/.exec(cursor ?? '1:0')
  if (!match) throw new AppError('internal', 'a cursor of another kind')
  return { page: Number(match[1]), collected: Number(match[2]) }
}

export interface RawPage {
  items: unknown[]
  total: number | null
  next: string | null
  answer: Pick<HttpAnswer, 'at'>
}

/** One page of any list. A page past the end is the end: a list may have become shorter meanwhile. */
export const getPage = async (
  transport: Transport,
  request: Omit<HttpRequest, 'method'> & { cursor: string | null },
  clock: { now(): number },
): Promise<RawPage> => {
  const { cursor, ...rest } = request
  const { page, collected } = positionOf(cursor)
  try {
    const answer = await transport.send({ ...rest, method: 'GET', query: { page: String(page), ...rest.query } })
    const list = ListDto.safeParse(answer.json)
    if (!list.success) throw new AppError('bad-answer', `no list at ${rest.path}`)
    const { items, total = null } = list.data
    const seen = collected + items.length
    const ended = items.length === 0 || (total !== null && seen >= total) || Array.isArray(answer.json)
    return { items, total, next: ended ? null : `${String(page + 1)}:${String(seen)}`, answer }
  } catch (error) {
    if (page > 1 && error instanceof AppError && error.code === 'not-found')
      return { items: [], total: null, next: null, answer: { at: clock.now() } }
    throw error
  }
}
