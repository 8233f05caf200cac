import { api, ApiError } from '@renderer/api/client'
import { useErrorWords } from '@renderer/locales/error-words'
import { useText } from '@renderer/locales'
import { useFormat } from '@renderer/ui/context'
import { countOf, type Selection } from '@renderer/ui/table/selection'
import { useToasts } from '@renderer/ui/use-toasts'
import { sumByCurrency, type Money } from '@shared/domain/money'
import { computed, ref } from 'vue'
import { keyOfClient, type ClientList } from './use-client-list'

const PAGE = 200
const MAX_IDS = 10_000

/** Writing what is shown, or what is chosen, to a file; and what the chosen rows come to. */
export const useExport = (list: ClientList, selection: () => Selection, columns: () => string[]) => {
  const t = useText()
  const f = useFormat()
  const toasts = useToasts()
  const words = useErrorWords()
  const busy = ref(false)

  /** The file calls the payment model by the row's own name. */
  const named = (): string[] => columns().map((key) => (key === 'payment' ? 'paymentModel' : key))

  const run = async (ids: string[] | null): Promise<void> => {
    busy.value = true
    try {
      const done = await api.shell.saveClientsCsv({ query: list.query.value, ids, columns: named() })
      if (done) toasts.done(t('clients.exported', { n: f.num(done.rows), file: done.file }, done.rows))
    } catch (error) {
      const said = words(ApiError.from(error))
      toasts.failed(said.title, said.todo)
    } finally {
      busy.value = false
    }
  }
  const idOf = (key: string): string => key.slice(key.indexOf('/') + 1)
  /** The ids of «all but these»: read page by page, since most of them were never shown. */
  const allBut = async (left: ReadonlySet<string>): Promise<string[]> => {
    const ids: string[] = []
    for (let offset = 0; offset < MAX_IDS; offset += PAGE) {
      const { rows, total } = await api.clients.list({ query: list.query.value, offset, limit: PAGE })
      ids.push(...rows.filter((row) => !left.has(keyOfClient(row))).map((row) => row.id))
      if (offset + PAGE >= total) break
    }
    return ids
  }
  const chosen = async (): Promise<void> => {
    const { mode, ids } = selection()
    if (mode === 'some') return run([...ids].map(idOf))
    return run(ids.size ? await allBut(ids) : null)
  }
  const count = computed(() => countOf(selection(), list.source.total.value))
  /** Balances of the chosen by currency; `known` says of how many, since a row never shown has no figure here. */
  const sum = computed((): { totals: Money[]; known: number } => {
    const { mode, ids } = selection()
    const rows = [...ids].flatMap((key) => list.known.value.get(key) ?? [])
    const balances = rows.flatMap((row) => row.balance ?? [])
    if (mode === 'some') return { totals: sumByCurrency(balances), known: rows.length }
    const all = list.source.answer.value?.totals.balance ?? []
    const minus = balances.map(({ minor, currency }) => ({ minor: -minor, currency }))
    return { totals: rows.length === ids.size ? sumByCurrency([...all, ...minus]) : [], known: count.value }
  })
  return { busy, count, sum, exportAll: () => run(null), exportChosen: chosen }
}
