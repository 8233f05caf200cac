import { api } from '@renderer/api/client'
import { useCounts } from '@renderer/api/counts'
import { followChanges } from '@renderer/api/use-query'
import { useWindowSource } from '@renderer/ui/table/window-source'
import type { BatchHead, BatchRow } from '@shared/ipc/batches'
import type { Output } from '@shared/ipc/contract'
import { computed, onScopeDispose, ref, watch } from 'vue'

export type BatchLine = BatchHead | BatchRow
type Answer = Omit<Output<'batches', 'get'>, 'rows'> & { rows: BatchLine[] }
export type View = 'all' | BatchRow['group']
export const asRow = (line: BatchLine): BatchRow | null => ('state' in line ? line : null)

/** A thousand commands move three times each: what is shown of them follows at this pace. */
const PACE_MS = 300

/** A batch as it goes on: its figures and a window of its commands, read again while they move. */
export const useBatch = (id: () => string) => {
  const counts = useCounts()
  const view = ref<View>('all')
  const source = useWindowSource<object, BatchLine, Answer>({
    query: () => ({ id: id(), view: view.value }),
    load: (_query, offset, limit) => api.batches.get({ id: id(), view: view.value, offset, limit }),
  })
  let waiting: ReturnType<typeof setTimeout> | undefined
  const soon = (): void => {
    waiting ??= setTimeout(() => {
      waiting = undefined
      source.reload()
    }, PACE_MS)
  }
  watch(() => counts.outbox, soon)
  followChanges(['limits'], soon)
  onScopeDispose(() => clearTimeout(waiting))

  const then = <T>(work: Promise<T>): Promise<T> => work.finally(() => source.reload())
  const key = () => ({ id: id() })
  return {
    view,
    source,
    answer: source.answer,
    batch: computed(() => source.answer.value?.batch ?? null),
    goOn: () => then(api.batches.goOn(key())),
    cancel: () => then(api.batches.cancel(key())),
    retryFailed: () => then(api.batches.retryFailed(key())),
    undoPreview: () => api.batches.undoPreview(key()),
    undo: () => then(api.batches.undo(key())),
    retry: (row: BatchRow) => then(api.outbox.retry({ id: row.id })),
    keep: (row: BatchRow, keep: 'mine' | 'theirs') => then(api.outbox.resolve({ id: row.id, keep, theirs: [] })),
    drop: (row: BatchRow) => then(api.outbox.discard({ id: row.id })),
    change: (row: BatchRow, cells: { hypervisorId: string; type: string; value: number | null }[]) =>
      then(api.limits.change({ commandId: row.id, cells: cells as never })),
  }
}
export type Batch = ReturnType<typeof useBatch>
