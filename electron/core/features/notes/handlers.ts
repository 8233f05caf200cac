import type { Handlers } from '@shared/ipc/contract'
import type { NotesService } from './service'

export const notesHandlers = (service: NotesService): Handlers<'notes'> => ({
  list: (input) => service.list(input),
  authors: ({ connectionId, clientId }) => service.authors(connectionId, clientId),
  create: (input) => service.create(input),
  update: (input) => service.update(input),
  confirm: (key) => service.confirm(key),
  remove: async (key) => {
    await service.remove(key)
    return {}
  },
})
