import type { Handlers } from '@shared/ipc/contract'
import type { AlertsService } from './service'

export const alertsHandlers = (service: AlertsService): Handlers<'alerts'> => ({
  list: (input) => service.list(input),
  counts: () => service.counts(),
  snooze: (input) => {
    service.snooze(input)
    return {}
  },
  done: (key) => service.done(key),
  opened: (key) => {
    service.opened(key)
    return {}
  },
})
