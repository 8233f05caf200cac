import { ApiError } from '@renderer/api/client'
import { useText } from '@renderer/locales'
import { useErrorWords } from '@renderer/locales/error-words'
import { useFormat } from '@renderer/ui/context'
import { useToasts } from '@renderer/ui/use-toasts'
import type { BatchRow } from '@shared/ipc/batches'
import type { Output } from '@shared/ipc/contract'
import { computed, ref, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import type { Verb } from './row-words'
import type { Batch } from './use-batch'

/** What a person may do about a batch and about one of its commands, and what is asked before it. */
export const useBatchActions = (batch: Batch) => {
  const t = useText()
  const f = useFormat()
  const router = useRouter()
  const toasts = useToasts()
  const words = useErrorWords()
  const busy = ref(false)
  const asking = ref<'cancel' | 'retry' | null>(null)
  const again = shallowRef<BatchRow | null>(null)
  const editing = shallowRef<BatchRow | null>(null)
  const undoing = shallowRef<Output<'batches', 'undoPreview'> | null>(null)

  const run = async <T>(work: () => Promise<T>, said: (found: T) => string): Promise<T | null> => {
    busy.value = true
    try {
      const found = await work()
      const told = said(found)
      if (told) toasts.done(told)
      return found
    } catch (error) {
      const problem = words(ApiError.from(error))
      toasts.failed(problem.title, problem.todo)
      return null
    } finally {
      busy.value = false
      asking.value = null
    }
  }
  const retry = (row: BatchRow) =>
    run(
      () => batch.retry(row),
      () => t('batch.done.retry', { n: f.num(1) }),
    )

  return {
    busy,
    asking,
    askOpen: computed({ get: () => asking.value !== null, set: (on) => void (on || (asking.value = null)) }),
    editing,
    undoing,
    verb: (verb: Verb, row: BatchRow): void => {
      if (verb === 'change') editing.value = row
      else if (verb === 'mine' || verb === 'theirs')
        void run(
          () => batch.keep(row, verb),
          () => t('batch.done.resolved'),
        )
      else if (row.state === 'blocked') {
        again.value = row
        asking.value = 'retry'
      } else void retry(row)
    },
    confirmed: (): void => {
      const row = again.value
      if (asking.value === 'cancel')
        void run(
          () => batch.cancel(),
          () => t('batch.done.cancelled'),
        )
      else if (row) void retry(row)
    },
    goOn: () =>
      run(
        () => batch.goOn(),
        () => t('batch.done.goOn'),
      ),
    retryFailed: () =>
      run(
        () => batch.retryFailed(),
        ({ commands }) => t('batch.done.retry', { n: f.num(commands) }),
      ),
    save: async (cells: { hypervisorId: string; type: string; value: number | null }[]): Promise<void> => {
      const row = editing.value
      if (
        row &&
        (await run(
          () => batch.change(row, cells),
          () => t('batch.done.changed'),
        )) !== null
      )
        editing.value = null
    },
    askUndo: async (): Promise<void> => {
      const found = await run(
        () => batch.undoPreview(),
        ({ commands }) => (commands === 0 ? t('batch.undoNothing') : ''),
      )
      if (found && found.commands > 0) undoing.value = found
    },
    undo: async (): Promise<void> => {
      const done = await run(
        () => batch.undo(),
        ({ commands }) => t('batch.done.undo', { n: f.num(commands) }),
      )
      undoing.value = null
      if (done?.id) void router.push(`/batches/${encodeURIComponent(done.id)}`)
    },
  }
}
