import { groupOf, isChanged, planned, stateOfRow, totalsOf, type PlannedRow } from '@shared/domain/bulk-plan'
import { applyRules, type ReadyRule } from '@shared/domain/bulk-rules'
import { placeKey, type LimitCells } from '@shared/domain/limit-cells'
import type { Handlers } from '@shared/ipc/contract'
import { clientId, CONNECTION, hypervisors, limitsOf, makeClient, NOW } from './clients'

const SHOWN = 42
const AS_OF = { at: NOW - 160 * 60_000, complete: true, missing: null, without: 0 }

const planRow = (at: number, rules: readonly ReadyRule[]): PlannedRow => {
  const own = limitsOf(at).filter(({ type }) => type !== null)
  const cellsOf = (value: (row: (typeof own)[number]) => number | null): LimitCells =>
    Object.fromEntries(
      own.flatMap((row) => (row.type === null ? [] : [[placeKey({ hypervisorId: row.hypervisorId, type: row.type }), value(row)]])),
    )
  const client = {
    hypervisors: hypervisors.map((one) => ({ ...one, open: true })),
    limits: cellsOf((row) => row.limit),
    use: cellsOf((row) => row.use),
  }
  const cells = applyRules(rules, client).map((cell) => planned(cell, { limit: 4000, waiting: at % 11 === 3 }))
  const state = stateOfRow(cells, { read: at % 17 !== 5, undecided: false })
  return { clientId: clientId(at), name: makeClient(at).name, partnerId: null, state, cells: state === 'unread' ? [] : cells }
}

/** What rules would change of made-up clients; a batch is begun nowhere. */
export const fakeBulk: Pick<Handlers<'limits'>, 'bulkPreview' | 'bulkStart' | 'change'> = {
  bulkPreview: ({ rules, left, view, offset, limit }) => {
    const ready = rules.filter((rule): rule is ReadyRule & typeof rule => rule.act !== 'template')
    const rows = Array.from({ length: SHOWN }, (_, at) => planRow(at, ready))
    const shown = rows.filter((row) => view === 'all' || groupOf(row) === view)
    const chosen = rows.filter((row) => row.state === 'changed' && left.ids.includes(row.clientId) === (left.mode === 'some'))
    const counts = { check: 0, plain: 0, same: 0, out: 0 }
    for (const row of rows) counts[groupOf(row)]++
    const keys = new Set(rows.flatMap(({ cells }) => cells.map(({ key }) => key)))
    const nameOf = (id: string): string => hypervisors.find((one) => one.id === id)?.name ?? id
    const places = totalsOf(rows)
      .filter(({ key }) => keys.has(key))
      .map(({ key, hypervisorId, type }) => ({ key, hypervisorId, hypervisorName: nameOf(hypervisorId), type }))
    return {
      rows: shown.slice(offset, offset + limit).map((row) => ({
        ...{ connectionId: CONNECTION, id: row.clientId, name: row.name, state: row.state, cells: row.cells, more: 0 },
        group: groupOf(row),
      })),
      total: shown.length,
      counts,
      ...{ gone: 0, tooMany: null, places, partnerId: null },
      chosen: {
        clients: chosen.length,
        values: chosen.reduce((sum, { cells }) => sum + cells.filter(isChanged).length, 0),
        ...{ check: chosen.filter((row) => groupOf(row) === 'check').length, belowUse: 0, mark: 'mark' },
      },
      totals: totalsOf(chosen).map((total) => ({ ...total, hypervisorName: nameOf(total.hypervisorId), partner: null })),
      hypervisors: hypervisors.map(({ id, name }) => ({ id, name })),
      writing: { offered: true, reason: null },
      asOf: AS_OF,
    }
  },
  bulkStart: ({ batchId }) => ({ batchId, clients: SHOWN }),
  change: () => ({}),
}
