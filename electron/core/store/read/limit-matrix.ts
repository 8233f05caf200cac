import { placeKey } from '@shared/domain/limit-cells'
import { limitTypes, type LimitType } from '@shared/domain/limits'
import { MOST_PLACES, type LimitCellRow, type LimitMatrix } from '@shared/ipc/limits'
import type { Db } from '../sql'
import { isLimitType } from './client-query'
import { clientDetails } from './client-details'
import { knownFigures } from './known-figures'
import { limitsOf, useOf, withUse, type LimitRow } from './limits'
import { clientUsage } from './usage'

type Matrix = Pick<LimitMatrix, 'hypervisors' | 'cells' | 'others'>
type Hypervisor = LimitMatrix['hypervisors'][number]
const MOST_HYPERVISORS = MOST_PLACES / limitTypes.length

/** The limits of one client by hypervisor and type, with what is used of each. */
export const limitMatrix = (cache: Db, connectionId: string, clientId: string): Matrix => {
  const limits = limitsOf(cache, { connectionId, owner: 'client', ownerId: clientId })
  const usage = clientUsage(cache, connectionId, clientId)
  const known = knownFigures(cache, connectionId)
  const hypervisors = hypervisorsOf(clientDetails(cache, connectionId, clientId)?.hypervisors ?? [], limits)
  const placed = new Map<string, LimitRow>()
  const others: LimitRow[] = []
  for (const limit of limits) {
    const key = isLimitType(limit.type) ? placeKey({ hypervisorId: limit.hypervisorId, type: limit.type }) : null
    if (key === null || placed.has(key) || !hypervisors.some(({ id }) => id === limit.hypervisorId)) others.push(limit)
    else placed.set(key, limit)
  }
  const cellAt = (hypervisorId: string, type: LimitType): LimitCellRow => {
    const used = usage.find((row) => row.hypervisorId === hypervisorId)
    const limit = placed.get(placeKey({ hypervisorId, type }))?.value ?? null
    return { hypervisorId, type, limit, use: known[type] ? useOf(used, type) : null, waiting: null }
  }
  const cells = hypervisors.flatMap(({ id }) => limitTypes.map((type) => cellAt(id, type)))
  return { hypervisors, cells, others: withUse(others, usage).slice(0, 200) }
}

/** Those that are open to the client first, as the platform orders them; then those where it has a limit all the same. */
const hypervisorsOf = (open: readonly Omit<Hypervisor, 'open'>[], limits: readonly LimitRow[]): Hypervisor[] => {
  const found = new Map<string, Hypervisor>(open.map((one) => [one.id, { ...one, open: true }]))
  for (const { hypervisorId, hypervisorName } of limits)
    if (!found.has(hypervisorId)) found.set(hypervisorId, { id: hypervisorId, name: hypervisorName, type: null, open: false })
  return [...found.values()].slice(0, MOST_HYPERVISORS)
}
