import type { Handlers } from '@shared/ipc/contract'
import type { ClientsService } from './service'

export const clientsHandlers = (service: ClientsService): Handlers<'clients'> => ({
  list: (input) => service.list(input),
  get: (key) => service.get(key),
  projects: (key) => service.projects(key),
  days: (key) => service.days(key),
  limits: (key) => service.limits(key),
  access: (key) => service.access(key),
  changes: (key) => service.changes(key),
  opened: (key) => {
    service.opened(key)
    return {}
  },
})
