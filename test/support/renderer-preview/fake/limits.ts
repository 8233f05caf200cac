import { cellsAt, placeKey } from '@shared/domain/limit-cells'
import type { LimitTemplate } from '@shared/domain/limit-templates'
import { limitTypes, type LimitType } from '@shared/domain/limits'
import type { Handlers } from '@shared/ipc/contract'
import type { LimitCellRow } from '@shared/ipc/limits'
import { fakeBulk } from './bulk'
import { hypervisors, indexOfClient, limitsOf, NOW, partners } from './clients'
import { whole } from './random'
import type { FakeState } from './state'

const AS_OF = { at: NOW - 160 * 60_000, complete: true, missing: null, without: 0 }

/** Limits of made-up clients; what is saved waits for ever. */
export const makeLimits = (state: FakeState, changed: () => void): Handlers<'limits'> => {
  const waiting = new Map<string, Map<string, number | null>>()
  let templates: LimitTemplate[] = [
    { id: 't-s', name: 'S, малый', values: [value('KVM', 'servers', 10), value('KVM', 'cpu', 32), value('KVM', 'ram', 64)] },
    {
      id: 't-m',
      name: 'M, средний',
      values: [value('KVM', 'servers', 40), value('KVM', 'ip', 2), value('KVM', 'cpu', 160), value('KVM', 'ram', 768)],
    },
  ]
  const cells = (clientId: string): LimitCellRow[] => {
    const rows = limitsOf(indexOfClient(clientId)).map((row) => ({
      hypervisor: { id: row.hypervisorId },
      type: row.type,
      value: row.limit,
      use: row.use,
    }))
    const own = waiting.get(clientId)
    return hypervisors.flatMap(({ id }) =>
      limitTypes.map((type, at) => {
        const key = placeKey({ hypervisorId: id, type })
        const row = rows.find((one) => one.type === type && one.hypervisor.id === id)
        const next = own?.get(key)
        return {
          ...{ hypervisorId: id, type, limit: cellsAt([key], rows)[key] ?? null },
          use: row ? row.use : whole(0, 30, indexOfClient(clientId), at, 77),
          waiting: next === undefined ? null : { value: next, state: 'pending', commandId: 'cmd-1' },
        }
      }),
    )
  }
  return {
    get: ({ clientId }) => ({
      offered: !state.bare,
      writing: { offered: !state.bare, reason: null },
      hypervisors: hypervisors.map((one) => ({ ...one, open: true })),
      cells: cells(clientId),
      others: [],
      partnerId: partners[0]?.id ?? null,
      asOf: AS_OF,
    }),
    overview: () => ({
      room: hypervisors.flatMap(({ id }) =>
        limitTypes.map((type, at) => ({
          hypervisorId: id,
          type,
          limit: 1000 * (at + 1),
          given: Math.round(1000 * (at + 1) * (0.6 + at * 0.06)),
        })),
      ),
      ...{ clients: 300, read: 300, asOf: AS_OF },
      templates: templates.map(({ id }, at) => ({ id, clients: 96 - at * 35 })),
    }),
    set: ({ clientId, cells: wanted }) => {
      const own = waiting.get(clientId) ?? new Map<string, number | null>()
      for (const cell of wanted) own.set(placeKey(cell), cell.value)
      waiting.set(clientId, own)
      changed()
      return { commandId: 'cmd-1' }
    },
    templates: () => templates,
    saveTemplate: ({ name, values }) => {
      const saved = { id: `t-${name}`, name, values }
      templates = [...templates.filter((one) => one.name !== name), saved]
      return saved
    },
    removeTemplate: ({ id }) => {
      templates = templates.filter((one) => one.id !== id)
      return {}
    },
    ...fakeBulk,
  }
}

const value = (hypervisor: string, type: LimitType, limit: number): LimitTemplate['values'][number] => ({ hypervisor, type, value: limit })
