import { AppError } from '@shared/errors'
import type { Handlers } from '@shared/ipc/contract'
import { listQueries, type ListName } from '@shared/ipc/lists'
import { listViews, removeView, saveView } from '../../store/local/views'
import { boundedRows, cutText } from '../answer-size'
import type { Workspace } from '../workspace'
import { wantedOptions, type AnyList } from './list'

export type Lists = Record<ListName, AnyList>

const MOST_NAME = 300

export const listsHandlers = ({ local, newId, clock }: Workspace, lists: Lists): Handlers<'lists'> => ({
  options: ({ list, connectionId, field, text, ids, offset, limit }) => {
    const offered = lists[list].options(field, connectionId)
    if (offered === null) throw new AppError('invalid-input', 'this field offers no values', { field })
    const wanted = wantedOptions(offered, { text, ids })
    const rows = wanted.slice(offset, offset + limit).map((row) => ({ ...row, name: cutText(row.name, MOST_NAME) }))
    return { rows: boundedRows(rows), total: wanted.length }
  },
  views: ({ list, connectionId }) => ({
    fixed: lists[list].viewCounts(connectionId),
    own: listViews(local, list).map((view) => ({ ...view, count: lists[list].count({ ...view.query, connectionId }) })),
  }),
  saveView: ({ list, name, query }) => {
    const checked = listQueries[list].safeParse(query)
    if (!checked.success) throw new AppError('invalid-input', 'this list is not asked that way')
    return saveView(local, { id: newId(), list, name, query: checked.data }, clock.now())
  },
  removeView: ({ id }) => {
    removeView(local, id)
    return {}
  },
})
