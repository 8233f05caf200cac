import type { Handlers } from '@shared/ipc/contract'
import { listViews, removeView, saveView } from '../../store/local/views'
import type { ClientsService } from '../clients/service'
import type { Workspace } from '../workspace'

export const viewsHandlers = ({ local, newId, clock }: Workspace, clients: Pick<ClientsService, 'count'>): Handlers<'views'> => ({
  list: ({ connectionId }) => listViews(local).map((view) => ({ ...view, count: clients.count({ ...view.query, connectionId }) })),
  save: ({ name, query }) => saveView(local, { id: newId(), name, query }, clock.now()),
  remove: ({ id }) => {
    removeView(local, id)
    return {}
  },
})
