import { placeKey, type LimitCells } from '@shared/domain/limit-cells'
import type { Handlers, Output } from '@shared/ipc/contract'
import type { LimitCellRow } from '@shared/ipc/limits'
import { AppError } from '@shared/errors'
import { enqueue } from '../../commands/enqueue'
import type { CommandKinds } from '../../commands/kind'
import { LIMITS, LIMITS_SET, type LimitsPayload } from '../../commands/kinds/limits-set'
import { pendingCommands } from '../../commands/overlay'
import { capabilityOf, type Capability } from '../../platforms/port/core'
import { findConnection } from '../../store/local/connections'
import { listTemplates, removeTemplate, saveTemplate } from '../../store/local/limit-templates'
import { findClient } from '../../store/read/clients'
import { limitMatrix } from '../../store/read/limit-matrix'
import { asOfOwner } from '../../store/read/sync-status'
import { boundedRows } from '../answer-size'
import type { Workspace } from '../workspace'
import { createBulkLimits, type BulkOptions } from './bulk'
import { createLimitOverview } from './overview'

type Input<N extends keyof Handlers<'limits'>> = Parameters<Handlers<'limits'>[N]>[0]

export interface LimitsOptions extends Pick<BulkOptions, 'listed' | 'batches'> {
  workspace: Workspace
  kinds: CommandKinds
  /** Something new waits to be sent; screens are to look again. */
  onQueued: (connectionId: string) => void
}

const NOT_ASKED: Capability = { offered: false, certainty: 'inferred', reason: null }

export const createLimits = ({ workspace, kinds, listed, batches, onQueued }: LimitsOptions) => {
  const { cache, local, clock, newId } = workspace
  const overview = createLimitOverview(workspace)
  const capabilitiesOf = (connectionId: string) => findConnection(local, connectionId)?.capabilities ?? null
  const writing = (connectionId: string): Capability => capabilitiesOf(connectionId)?.writes.limits ?? NOT_ASKED
  const mustFind = (connectionId: string, clientId: string) => {
    const client = findClient(cache, connectionId, clientId)
    if (!client) throw new AppError('not-found', 'no such client')
    return client
  }

  /** What is on its way to the platform, by place: what was typed last counts. */
  const waiting = (connectionId: string, clientId: string): Map<string, NonNullable<LimitCellRow['waiting']>> => {
    const found = new Map<string, NonNullable<LimitCellRow['waiting']>>()
    for (const { id, state, payload } of pendingCommands(local, { connectionId, dataset: LIMITS, clientId }))
      for (const cell of (payload as LimitsPayload).cells) found.set(placeKey(cell), { value: cell.value, state, commandId: id })
    return found
  }

  return {
    get: ({ connectionId, clientId }: Input<'get'>): Output<'limits', 'get'> => {
      const client = mustFind(connectionId, clientId)
      const capabilities = capabilitiesOf(connectionId)
      const { offered, reason } = writing(connectionId)
      const matrix = limitMatrix(cache, connectionId, clientId)
      const onWay = waiting(connectionId, clientId)
      return {
        ...matrix,
        others: boundedRows(matrix.others),
        cells: matrix.cells.map((cell) => ({ ...cell, waiting: onWay.get(placeKey(cell)) ?? null })),
        offered: capabilities !== null && capabilityOf(capabilities, LIMITS).offered,
        writing: { offered, reason },
        partnerId: client.partner_id,
        asOf: asOfOwner(cache, { connectionId, dataset: LIMITS, ownerId: clientId }),
      }
    },
    overview,
    set: ({ connectionId, clientId, cells }: Input<'set'>): Output<'limits', 'set'> => {
      mustFind(connectionId, clientId)
      if (!writing(connectionId).offered) throw new AppError('not-offered', 'limits can only be read here')
      const matrix = limitMatrix(cache, connectionId, clientId)
      mustBePlaces(matrix, cells)
      const nameOf = (id: string): string => matrix.hypervisors.find((one) => one.id === id)?.name ?? id
      const base: LimitCells = Object.fromEntries(cells.map((cell) => [placeKey(cell), cell.base]))
      const payload: LimitsPayload = {
        cells: cells.map(({ hypervisorId, type, value }) => ({ hypervisorId, type, value, hypervisorName: nameOf(hypervisorId) })),
      }
      const subject = { dataset: LIMITS, uid: clientId, id: clientId }
      const commandId = enqueue({ local, kinds, clock, newId }, { connectionId, kind: LIMITS_SET, subject, clientId, payload, base })
      onQueued(connectionId)
      return { commandId }
    },
    templates: (): Output<'limits', 'templates'> => listTemplates(local),
    saveTemplate: ({ name, values }: Input<'saveTemplate'>): Output<'limits', 'saveTemplate'> =>
      saveTemplate(local, { id: newId(), name, values }, clock.now()),
    removeTemplate: ({ id }: Input<'removeTemplate'>): Output<'limits', 'removeTemplate'> => {
      removeTemplate(local, id)
      return {}
    },
    ...createBulkLimits({ workspace, kinds, batches, listed, writing, onQueued }),
  } satisfies Handlers<'limits'>
}

/** What the table offers, whoever asks: places of this client's hypervisors, each once; a closed one takes changes of what it has. */
const mustBePlaces = ({ hypervisors, cells }: ReturnType<typeof limitMatrix>, wanted: Input<'set'>['cells']): void => {
  const keys = wanted.map(placeKey)
  if (new Set(keys).size < keys.length) throw new AppError('invalid-input', 'a place is named twice')
  const has = new Set(cells.filter(({ limit }) => limit !== null).map(placeKey))
  const open = new Set(hypervisors.filter((one) => one.open).map(({ id }) => id))
  if (wanted.some((cell) => !open.has(cell.hypervisorId) && !has.has(placeKey(cell))))
    throw new AppError('invalid-input', 'the hypervisor is not open to this client')
}
