import { api, ApiError } from '@renderer/api/client'
import { useConnections } from '@renderer/api/connections'
import { useText } from '@renderer/locales'
import { useErrorWords } from '@renderer/locales/error-words'
import { useFormat } from '@renderer/ui/context'
import { countOf, everything, type Selection } from '@renderer/ui/table/selection'
import { useToasts } from '@renderer/ui/use-toasts'
import { MOST_CHOSEN } from '@shared/domain/selection'
import type { RowSelection } from '@shared/ipc/list'
import { ref } from 'vue'
import type { ListColumn } from './columns'
import type { List } from './use-list'

/** The chosen rows as the program takes them: ids under their connection. */
export const bySource = ({ mode, ids }: Selection): RowSelection => {
  const grouped = Map.groupBy(ids, (key) => key.slice(0, key.indexOf('/')))
  return {
    mode,
    rows: [...grouped].map(([connectionId, keys]) => ({ connectionId, ids: keys.map((key) => key.slice(connectionId.length + 1)) })),
  }
}

/** Writing what is shown, or what is chosen, to a file: the columns shown or all, and under them as of when and by what conditions. */
export const useExport = <Row extends { connectionId: string; id: string }>(
  list: List<Row>,
  options: { selection: () => Selection; columns: () => readonly ListColumn<Row>[]; shown: () => readonly string[] },
) => {
  const t = useText()
  const f = useFormat()
  const toasts = useToasts()
  const words = useErrorWords()
  const connections = useConnections()
  const busy = ref(false)

  const conditions = (): string[] => {
    const { view, text, filters } = list.state.value
    return [
      ...(view === 'all' ? [] : [list.say(`view.${view}`)]),
      ...(text ? [t('list.file.text', { text })] : []),
      ...filters.map(list.wordsOf),
    ]
  }
  const remarks = (chosen: number | null): string[] => {
    const put = conditions()
    return [
      `${list.say('title')} · ${connections.current?.name ?? ''}`,
      put.length ? t('list.file.conditions', { list: put.join('; ') }) : t('list.file.all'),
      ...(chosen === null ? [] : [t('list.file.chosen', { n: f.num(chosen) })]),
    ]
  }
  /** The moment itself is put in where the rows are read: a sync may come between. */
  const asOf = () => ({
    whole: t('list.file.asOf', { at: '{at}' }),
    part: t('list.file.asOfPart', { at: '{at}' }),
    never: t('list.file.asOfPart', { at: t('list.file.notRead') }),
  })
  const run = async (selection: Selection, columns: readonly ListColumn<Row>[]): Promise<void> => {
    if (selection.ids.size > MOST_CHOSEN)
      return void toasts.failed(t('list.exportTooMany', { n: f.num(MOST_CHOSEN) }), t('list.exportTooManyTodo'))
    busy.value = true
    try {
      // Goes on as a job: the bar shows it, and tells how it ended.
      await api.shell.saveListCsv({
        list: list.spec.name,
        query: { ...list.query.value },
        selection: bySource(selection),
        columns: columns.flatMap(({ file }) => file),
        title: list.say('title'),
        remarks: remarks(selection === everything ? null : countOf(selection, list.source.answer.value?.count ?? 0)),
        asOf: asOf(),
      })
    } catch (error) {
      const said = words(ApiError.from(error))
      toasts.failed(said.title, said.todo)
    } finally {
      busy.value = false
    }
  }
  const shown = (): ListColumn<Row>[] => options.shown().flatMap((key) => options.columns().find((column) => column.key === key) ?? [])
  return {
    busy,
    exportShown: () => run(everything, shown()),
    exportAll: () => run(everything, options.columns()),
    exportChosen: () => run(options.selection(), shown()),
  }
}
