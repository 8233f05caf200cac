import { useBulkChoice } from '@renderer/api/bulk-choice'
import { useConnections } from '@renderer/api/connections'
import { bySource } from '@renderer/list/use-export'
import { useText } from '@renderer/locales'
import { useFormat } from '@renderer/ui/context'
import type { Selection } from '@renderer/ui/table/selection'
import { MOST_CHOSEN } from '@shared/domain/selection'
import type { ClientQuery } from '@shared/ipc/clients'
import { useRouter } from 'vue-router'
import type { ClientList } from './use-client-list'

/** Takes the chosen clients, also those of a list that was never loaded whole, to the screen that changes their limits. */
export const useBulkLimits = (list: ClientList) => {
  const t = useText()
  const f = useFormat()
  const router = useRouter()
  const connections = useConnections()
  const bulk = useBulkChoice()

  const from = ({ mode, ids }: Selection): string => {
    if (mode === 'some') return ''
    const { view, text, filters } = list.state.value
    const put = [...(view === 'all' ? [] : [list.say(`view.${view}`)]), ...(text ? [`«${text}»`] : []), ...filters.map(list.wordsOf)]
    const but = ids.size > 0 ? [t('bulk.allBut', { n: f.num(ids.size) })] : []
    return [...put, ...but].join(', ')
  }
  return {
    tooMany: ({ ids }: Selection): boolean => ids.size > MOST_CHOSEN,
    changeLimits: (selection: Selection): void => {
      const source = bySource(selection)
      const connectionId = connections.currentId ?? source.rows[0]?.connectionId
      if (connectionId === undefined) return
      const others = selection.mode === 'some' ? source.rows.filter((one) => one.connectionId !== connectionId) : []
      bulk.choose({
        choice: { connectionId, query: list.query.value as ClientQuery, selection: source },
        from: from(selection),
        hand: selection.mode === 'some',
        but: selection.mode === 'some' ? 0 : selection.ids.size,
        others: others.reduce((sum, { ids }) => sum + ids.length, 0),
      })
      void router.push('/limits/bulk')
    },
  }
}
