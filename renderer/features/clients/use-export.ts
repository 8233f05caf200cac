import { api, ApiError } from '@renderer/api/client'
import { useErrorWords } from '@renderer/locales/error-words'
import { useText } from '@renderer/locales'
import { useFormat } from '@renderer/ui/context'
import { countOf, everything, type Selection } from '@renderer/ui/table/selection'
import { useToasts } from '@renderer/ui/use-toasts'
import { sumByCurrency, type Money } from '@shared/domain/money'
import { MOST_CHOSEN } from '@shared/domain/selection'
import type { ClientSelection } from '@shared/ipc/clients'
import { computed, ref } from 'vue'
import type { ClientList } from './use-client-list'

/** The chosen rows as the program takes them: ids under their connection. */
const bySource = ({ mode, ids }: Selection): ClientSelection => {
  const grouped = Map.groupBy(ids, (key) => key.slice(0, key.indexOf('/')))
  return {
    mode,
    clients: [...grouped].map(([connectionId, keys]) => ({ connectionId, ids: keys.map((key) => key.slice(connectionId.length + 1)) })),
  }
}

/** Writing what is shown, or what is chosen, to a file; and what the chosen rows come to. */
export const useExport = (list: ClientList, selection: () => Selection, columns: () => string[]) => {
  const t = useText()
  const f = useFormat()
  const toasts = useToasts()
  const words = useErrorWords()
  const busy = ref(false)

  /** The file calls the payment model by the row's own name. */
  const named = (): string[] => columns().map((key) => (key === 'payment' ? 'paymentModel' : key))

  const run = async (selection: Selection): Promise<void> => {
    if (selection.ids.size > MOST_CHOSEN)
      return void toasts.failed(t('clients.exportTooMany', { n: f.num(MOST_CHOSEN) }), t('clients.exportTooManyTodo'))
    busy.value = true
    try {
      const done = await api.shell.saveClientsCsv({ query: list.query.value, selection: bySource(selection), columns: named() })
      if (done) toasts.done(t('clients.exported', { n: f.num(done.rows), file: done.file }, done.rows))
    } catch (error) {
      const said = words(ApiError.from(error))
      toasts.failed(said.title, said.todo)
    } finally {
      busy.value = false
    }
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
  return { busy, count, sum, exportAll: () => run(everything), exportChosen: () => run(selection()) }
}
