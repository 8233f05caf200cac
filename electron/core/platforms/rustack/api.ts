import { formatPlatformTime } from '@shared/domain/time'
import { AppError } from '@shared/errors'
import type { Dataset } from '@shared/domain/datasets'
import type { Transport } from '../http'
import type { PageSize } from '../port/core'
import type { PageRequest } from '../port/reads'
import { inferredLists } from './inferred-lists'
import { listAnswer, readPage, type ListAnswer, type RawPage } from './paging'
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
export const networkPath = (id: string): string => `/v1/network/${encodeURIComponent(id)}`

const inferredPath = (request: PageRequest, { paths }: RustackProfile): string | null => {
  const { dataset, ownerId, ownerKind } = request
  if (dataset === 'notes' && ownerId !== undefined) return withId(paths.clientNotes, ownerId)
  if (dataset === 'limits') {
    if (ownerId === undefined) return null
    return ownerKind === 'partner' ? paths.partnerLimits && withId(paths.partnerLimits, ownerId) : withId(paths.clientLimits, ownerId)
  }
  const list = inferredLists[dataset]
  return list ? paths[list.path] : null
}

/** @throws AppError `not-offered` where the profile has no such list. */
const listPath = (request: PageRequest, profile: RustackProfile): string => {
  const path = knownPaths[request.dataset] ?? inferredPath(request, profile)
  if (path === null) throw new AppError('not-offered', `the profile has no list of ${request.dataset}`)
  return path
}

export const notePaths = ({ paths }: RustackProfile) => ({
  ofClient: (clientId: string): string => withId(paths.clientNotes, clientId),
  one: (id: string): string => withId(paths.note, id),
  confirm: (id: string): string => withId(paths.noteConfirm, id),
})
export const limitPaths = ({ paths }: RustackProfile) => ({
  ofClient: (clientId: string): string => withId(paths.clientLimits, clientId),
  one: (clientId: string, id: string): string => withId(paths.clientLimit, clientId).replace(':limit', encodeURIComponent(id)),
})
export const clientStatisticsPath = ({ paths }: RustackProfile, clientId: string): string => withId(paths.clientStatistics, clientId)

/**
 * Lists whose records have a time of creation are asked for newest first, as most deployments have them anyway: a new row
 * then only pushes known ones to a later page, and none is skipped.
 */
const datedKnown: ReadonlySet<Dataset> = new Set(['clients', 'vdcs', 'servers', 'ports'])
const isDated = (dataset: Dataset): boolean => datedKnown.has(dataset) || inferredLists[dataset]?.dated === true

export const statisticsQuery = (
  request: Pick<PageRequest, 'from' | 'to' | 'resolution'>,
  { profile: { queries }, zone }: { profile: RustackProfile; zone: number },
): Record<string, string> => ({
  [queries.detail]: request.resolution === 'hour' ? queries.hour : queries.day,
  ...(request.from === undefined ? {} : { [queries.from]: formatPlatformTime(request.from, zone) }),
  ...(request.to === undefined ? {} : { [queries.to]: formatPlatformTime(request.to, zone) }),
})

export interface ListRequest {
  dataset: Dataset
  path: string
  query: Record<string, string>
  cursor: string | null
  signal: AbortSignal
  /** Belongs to a change of a person's, or a person waits for it. */
  urgent?: boolean
}
export interface Lists {
  /** The request for a list of the port. */
  requestOf(request: PageRequest): ListRequest
  page(request: ListRequest): Promise<RawPage>
  /** One page as it is answered, with nothing asked for but its number and `query`. */
  plain(request: Pick<ListRequest, 'path' | 'query' | 'signal' | 'urgent'>, page: number): Promise<ListAnswer>
  setPageSize(pageSize: PageSize | null): void
}

interface ListsOptions {
  transport: Transport
  profile: RustackProfile
  zone: number
  clock: { now(): number }
  pageSize: PageSize | null
}

/** The lists of one deployment, and what it was seen to refuse: an order, a size of pages. */
export const createLists = ({ transport, profile, zone, clock, pageSize: known }: ListsOptions): Lists => {
  let pageSize = known
  const refusesOrder = new Set<Dataset>()
  const refusesSize = new Set<Dataset>()

  const plain: Lists['plain'] = async ({ path, query, signal, urgent = false }, page) => {
    const answer = await transport.send({ method: 'GET', path, signal, urgent, query: { page: String(page), ...query } })
    const list = listAnswer(answer.json, answer.at)
    if (list === null) throw new AppError('bad-answer', `no list at ${path}`)
    return list
  }

  /** With what was not refused so far; a deployment that answers 400 to it is asked with less, once. */
  const ask = async (request: ListRequest, page: number): Promise<ListAnswer> => {
    const { dataset, query } = request
    const order = isDated(dataset) && !refusesOrder.has(dataset) ? { sort: '-ctime' } : null
    const size =
      pageSize !== null && dataset !== 'statistics' && !refusesSize.has(dataset) ? { [pageSize.param]: String(pageSize.size) } : null
    const ways = [{ order, size }, ...(order ? [{ order: null, size }] : []), ...(size ? [{ order, size: null }] : [])]
    if (order && size) ways.push({ order: null, size: null })
    let refusal: AppError | null = null
    for (const way of ways)
      try {
        const answer = await plain({ ...request, query: { ...query, ...way.order, ...way.size } }, page)
        if (refusal !== null && way.order !== order) refusesOrder.add(dataset)
        if (refusal !== null && way.size !== size) refusesSize.add(dataset)
        return answer
      } catch (thrown) {
        const error = AppError.from(thrown)
        // A page so large that it does not come in time, or is more than can be taken.
        if (way.size && (error.code === 'timeout' || error.code === 'bad-answer')) refusesSize.add(dataset)
        if (error.code !== 'rejected' || error.details['status'] !== 400) throw error
        refusal ??= error
      }
    throw refusal ?? new AppError('internal', 'a list that was not asked for')
  }

  return {
    requestOf: (request) => {
      const path = listPath(request, profile)
      const query = request.dataset === 'statistics' ? statisticsQuery(request, { profile, zone }) : {}
      return { dataset: request.dataset, path, query, cursor: request.cursor, signal: request.signal }
    },
    page: (request) =>
      readPage(request.cursor, async (page) => {
        try {
          return await ask(request, page)
        } catch (error) {
          // A page past the end is the end: a list may have become shorter meanwhile.
          if (page > 1 && error instanceof AppError && error.code === 'not-found') return { past: timeOf(error) ?? clock.now() }
          throw error
        }
      }),
    plain,
    setPageSize: (next) => {
      pageSize = next
      refusesSize.clear()
    },
  }
}

const timeOf = ({ details }: AppError): number | null => (typeof details['at'] === 'number' ? details['at'] : null)
