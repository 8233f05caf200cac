import { Agent } from 'node:http'
import axios, { type AxiosInstance } from 'axios'

interface Source {
  url: string
  token: string
}
export interface LimitedClient {
  id: string
  hypervisorId: string
}
export interface BaselineLimits {
  /** Every client with the first hypervisor that is open to it. */
  clients(): Promise<LimitedClient[]>
  /** Sets one limit of each client as a careful hand would: read, written, read again; then `more` further readings. */
  setAll(clients: readonly LimitedClient[], wanted: { value: number; more: number }): Promise<void>
  close(): void
}
interface RawClient {
  id: string
  allowed_hypervisors: { id: string }[]
}
interface RawLimit {
  id: string
  type: string
  hypervisor: { id: string }
  value: number
}
interface RawPage<T> {
  items: T[]
  total: number
}

/** As many requests at once as the console has. */
const LANES = 3
const TYPE = 'ip'

export const baselineLimits = ({ url, token }: Source): BaselineLimits => {
  const agent = new Agent({ keepAlive: true })
  const headers = { authorization: `Bearer ${token}`, 'accept-language': 'ru-ru' }
  const http = axios.create({ baseURL: `${url}/v1`, httpAgent: agent, headers })
  return {
    clients: () => clientsOf(http),
    setAll: async (clients, { value, more }) => {
      const work = [...clients.map((client) => () => setOne(http, client, value)), ...readings(http, clients, more)]
      const lane = async (): Promise<void> => {
        for (let one = work.shift(); one; one = work.shift()) await one()
      }
      await Promise.all(Array.from({ length: LANES }, lane))
    },
    close: () => {
      agent.destroy()
    },
  }
}

const clientsOf = async (http: AxiosInstance): Promise<LimitedClient[]> => {
  const found: RawClient[] = []
  for (let page = 1; ; page++) {
    const { items, total } = (await http.get<RawPage<RawClient>>('/client', { params: { page, sort: 'ctime' } })).data
    found.push(...items)
    if (items.length === 0 || found.length >= total) break
  }
  return found.flatMap(({ id, allowed_hypervisors: [first] }) => (first ? [{ id, hypervisorId: first.id }] : []))
}

const limitsOf = async (http: AxiosInstance, id: string): Promise<RawLimit[]> =>
  (await http.get<RawPage<RawLimit>>(`/client/${id}/limit`)).data.items

const setOne = async (http: AxiosInstance, { id, hypervisorId }: LimitedClient, value: number): Promise<void> => {
  const here = (row: RawLimit): boolean => row.type === TYPE && row.hypervisor.id === hypervisorId
  const before = (await limitsOf(http, id)).find(here)
  if (before) await http.put(`/client/${id}/limit/${before.id}`, { value })
  else await http.post(`/client/${id}/limit`, { hypervisor: hypervisorId, type: TYPE, value })
  const after = (await limitsOf(http, id)).find(here)
  if (after?.value !== value) throw new Error('the platform did not take the limit')
}

const readings = (http: AxiosInstance, clients: readonly LimitedClient[], count: number): (() => Promise<unknown>)[] =>
  Array.from({ length: count }, (_, at) => () => limitsOf(http, clients[at % clients.length]?.id ?? ''))
