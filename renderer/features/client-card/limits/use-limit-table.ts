import { api } from '@renderer/api/client'
import { placeKey, type LimitCells } from '@shared/domain/limit-cells'
import {
  differences,
  draftCounts,
  limitWarnings,
  withDraft,
  type LimitDifference,
  type LimitWarning,
  type PartnerRoom,
  type TypedFault,
} from '@shared/domain/limit-matrix'
import { limitTypes, type LimitType } from '@shared/domain/limits'
import type { LimitCellRow, LimitMatrix, RoomRow } from '@shared/ipc/limits'
import { computed, reactive, ref, watch } from 'vue'
import type { ClientKey } from '../use-client-card'
import { useLimitDrafts } from './use-limits'

export interface TableCell extends LimitCellRow {
  key: string
  hypervisorName: string
  /** What will stand there: typed, waiting, or as the platform has it. null = no such limit. */
  shown: number | null
  changed: boolean
  warnings: LimitWarning[]
  /** What is wrong with the text that stands in the cell and is no value yet. */
  fault: TypedFault | null
  editable: boolean
}
export interface TableRow {
  type: LimitType
  cells: TableCell[]
}

/** What a client will have once everything that is on its way has come through: what a new change is typed on. */
const onItsWay = (cells: readonly LimitCellRow[]): LimitCells =>
  Object.fromEntries(cells.map((cell) => [placeKey(cell), cell.waiting ? cell.waiting.value : cell.limit]))

const MOST_UNDO = 100

/** A client's table of limits while it is edited: nothing leaves before it is saved, and then all of it at once. */
export const useLimitTable = (key: () => ClientKey, matrix: () => LimitMatrix | null, room: () => readonly RoomRow[]) => {
  const drafts = useLimitDrafts()
  const name = (): string => `${key().connectionId}/${key().clientId}`
  const past = ref<LimitCells[]>([])
  const faults = reactive(new Map<string, TypedFault>())
  watch(name, () => {
    past.value = []
    faults.clear()
  })

  const saved = computed(() => onItsWay(matrix()?.cells ?? []))
  const hypervisorIds = computed(() => (matrix()?.hypervisors ?? []).map(({ id }) => id))
  /** What was typed and still differs: what came from the platform meanwhile may have made it the same. */
  const draft = computed(() => {
    const kept = drafts.get(name())
    return Object.fromEntries(Object.entries(kept).filter(([cell, value]) => cell in saved.value && value !== (saved.value[cell] ?? null)))
  })
  const writable = computed(() => matrix()?.writing.offered === true)

  const rooms = computed(() => new Map(room().map((row) => [placeKey(row), row])))
  const roomAt = (cell: string): PartnerRoom | null => rooms.value.get(cell) ?? null
  const cellOf = (cell: LimitCellRow): TableCell => {
    const own = placeKey(cell)
    const hypervisor = matrix()?.hypervisors.find(({ id }) => id === cell.hypervisorId)
    const changed = own in draft.value
    const shown = changed ? (draft.value[own] ?? null) : cell.limit
    const warnings = changed ? limitWarnings({ was: saved.value[own] ?? null, use: cell.use, room: roomAt(own) }, shown) : []
    const editable = writable.value && (hypervisor?.open === true || cell.limit !== null)
    return { ...cell, key: own, hypervisorName: hypervisor?.name ?? '', shown, changed, warnings, fault: faults.get(own) ?? null, editable }
  }
  const rows = computed((): TableRow[] => {
    const cells = (matrix()?.cells ?? []).map(cellOf)
    return limitTypes.map((type) => ({ type, cells: cells.filter((cell) => cell.type === type) }))
  })

  const put = (next: LimitCells): void => {
    past.value = [...past.value, drafts.get(name())].slice(-MOST_UNDO)
    drafts.keep(name(), next)
  }
  const set = (cell: string, value: number | null): void => {
    faults.delete(cell)
    const next = withDraft(drafts.get(name()), saved.value, cell, value)
    if (JSON.stringify(next) !== JSON.stringify(drafts.get(name()))) put(next)
  }
  const setMany = (wanted: LimitCells): void => {
    let next = drafts.get(name())
    for (const [cell, value] of Object.entries(wanted)) next = withDraft(next, saved.value, cell, value)
    put(next)
  }
  const reset = (): void => {
    faults.clear()
    put({})
  }

  return {
    rows,
    saved,
    draft,
    writable,
    counts: computed(() => draftCounts(draft.value, saved.value)),
    faulty: computed(() => faults.size),
    belowUse: computed(
      () => rows.value.flatMap((row) => row.cells).filter((cell) => cell.warnings.some(({ kind }) => kind === 'below-use')).length,
    ),
    set,
    setMany,
    reset,
    fail: (cell: string, fault: TypedFault): void => void faults.set(cell, fault),
    revert: (cell: string): void => set(cell, saved.value[cell] ?? null),
    undo: (): void => {
      const before = past.value.at(-1)
      if (before === undefined) return
      past.value = past.value.slice(0, -1)
      drafts.keep(name(), before)
    },
    /** What these values would change of what is there now, where it can be changed. */
    compare: (wanted: LimitCells): { rows: (LimitDifference & { warnings: LimitWarning[] })[]; same: number } => {
      const cells = new Map(rows.value.flatMap((row) => row.cells).map((cell) => [cell.key, cell]))
      const found = differences(saved.value, wanted, hypervisorIds.value)
      const open = found.rows.filter((row) => cells.get(row.key)?.editable)
      const warn = (row: LimitDifference): LimitWarning[] =>
        limitWarnings({ was: row.now, use: cells.get(row.key)?.use ?? null, room: roomAt(row.key) }, row.then)
      return { rows: open.map((row) => ({ ...row, warnings: warn(row) })), same: found.same }
    },
    save: async (): Promise<void> => {
      const cells = rows.value.flatMap((row) => row.cells).filter((cell) => cell.changed)
      if (cells.length === 0) return
      const typed = draft.value
      const wanted = cells.map((cell) => ({
        hypervisorId: cell.hypervisorId,
        type: cell.type,
        base: saved.value[cell.key] ?? null,
        value: typed[cell.key] ?? null,
      }))
      await api.limits.set({ ...key(), cells: wanted })
      past.value = []
      drafts.keep(name(), {})
    },
  }
}
export type LimitTable = ReturnType<typeof useLimitTable>
