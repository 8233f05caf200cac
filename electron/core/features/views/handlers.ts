import type { Handlers } from '@shared/ipc/contract'
import { listViews, removeView, saveView } from '../../store/local/views'
import type { Workspace } from '../workspace'

export const viewsHandlers = ({ local, newId, clock }: Workspace): Handlers<'views'> => ({
  list: () => listViews(local),
  save: ({ name, query }) => saveView(local, { id: newId(), name, query }, clock.now()),
  remove: ({ id }) => {
    removeView(local, id)
    return {}
  },
})
