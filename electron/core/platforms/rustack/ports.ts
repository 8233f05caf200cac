import { AppError } from '@shared/errors'
import type { EntityOf } from '@shared/domain/entities'
import type { Transport } from '../http'
import type { PageRequest } from '../port/reads'
import { isRaw, RowReader } from '../row-reader'
import { networkPath, type Lists } from './api'
import type { RawPage } from './paging'

/**
 * Where ports are taken from when they have no list of their own: what they are connected to carries them, and each data
 * centre lists its free public addresses.
 */
const sources = ['servers', 'routers', 'vdcs'] as const
type Source = (typeof sources)[number]
/** Pages of servers without a port among them, asked for in one call. */
const MOST_AT_ONCE = 50
const CURSOR = /^in:(servers|routers|vdcs)\|(.*)$/

export interface PortList {
  page(request: PageRequest): Promise<RawPage>
  /** Whether the list of all ports is refused here, as the probe found it. */
  setRefused(refused: boolean): void
}

/** No published client asks for all ports at once: where a deployment refuses it, they are put together from elsewhere. */
export const createPortList = (lists: Lists): PortList => {
  let refused = false
  /** Public addresses of these data centres that are connected to nothing. Refused as well, the list is not known whole: it fails. */
  const freeIn = async (vdcs: readonly unknown[], request: PageRequest): Promise<unknown[]> => {
    const found: unknown[] = []
    for (const vdc of vdcs)
      if (isRaw(vdc) && typeof vdc['id'] === 'string') {
        const query = { vdc: vdc['id'], filter_type: 'external' }
        for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
          const page: RawPage = await lists.page({ ...lists.requestOf({ ...request, cursor }), query })
          const free = page.items.filter((port) => isRaw(port) && !isNamed(port['connected']))
          found.push(...free.map((port) => (isRaw(port) ? { vdc, ...port } : port)))
          cursor = page.next
        }
      }
    return found
  }
  const nested = async (request: PageRequest): Promise<RawPage> => {
    const match = CURSOR.exec(request.cursor ?? '')
    let source: Source = (match?.[1] as Source | undefined) ?? 'servers'
    let cursor = match?.[2] === undefined || match[2] === '' ? null : match[2]
    for (let count = 1; ; count++) {
      const page = await lists.page(lists.requestOf({ dataset: source, cursor, signal: request.signal }))
      const items = source === 'vdcs' ? await freeIn(page.items, request) : page.items.flatMap(portsIn)
      const after = page.next === null ? sources[sources.indexOf(source) + 1] : source
      if (after === undefined || items.length > 0 || count >= MOST_AT_ONCE)
        return { items, total: null, next: after === undefined ? null : `in:${after}|${page.next ?? ''}`, at: page.at }
      source = after
      cursor = page.next
    }
  }
  return {
    page: async (request) => {
      if (CURSOR.test(request.cursor ?? '')) return nested(request)
      if (refused && request.cursor === null) return nested(request)
      try {
        return await lists.page(lists.requestOf(request))
      } catch (error) {
        if (request.cursor !== null || !isRefusal(AppError.from(error))) throw error
        refused = true
        return nested(request)
      }
    },
    setRefused: (now) => {
      refused = now
    },
  }
}

/** Refused for good: asking again would not help. */
export const isRefusal = ({ code }: Pick<AppError, 'code'>): boolean =>
  code === 'forbidden' || code === 'not-found' || code === 'not-offered' || code === 'rejected'

/** The ports of a server or router, each with its device where it does not name it itself. */
const portsIn = (device: unknown): unknown[] => {
  if (!isRaw(device) || !Array.isArray(device['ports'])) return []
  const connected = { id: device['id'], vdc: device['vdc'] }
  return device['ports'].map((port: unknown) => (isRaw(port) && !isNamed(port['connected']) ? { ...port, connected } : port))
}
const isNamed = (connected: unknown): boolean => isRaw(connected) && Object.keys(connected).length > 0

/** A port that is connected to nothing belongs to the data centre of its network. Each network is asked about once. */
export interface NetworkVdcs {
  learn(networks: readonly EntityOf['networks'][]): void
  find(networkId: string, signal: AbortSignal): Promise<string | null>
}
export const createNetworkVdcs = (transport: Transport): NetworkVdcs => {
  const known = new Map<string, string | null>()
  return {
    learn: (networks) => {
      for (const { id, vdcId } of networks) known.set(id, vdcId)
    },
    find: async (id, signal) => {
      const found = known.get(id)
      if (found !== undefined) return found
      const vdcId = await vdcOf(transport, id, signal)
      known.set(id, vdcId)
      return vdcId
    },
  }
}

const vdcOf = async (transport: Transport, id: string, signal: AbortSignal): Promise<string | null> => {
  try {
    const { json } = await transport.send({ method: 'GET', path: networkPath(id), signal })
    return isRaw(json) ? (new RowReader(json, 0).ref('vdc')?.id ?? null) : null
  } catch (thrown) {
    const error = AppError.from(thrown)
    if (isRefusal(error)) return null
    throw error
  }
}
