import type { Handlers } from '@shared/ipc/contract'
import type { OutboxService } from './service'

export const outboxHandlers = (service: OutboxService): Handlers<'outbox'> => ({
  list: (input) => service.list(input),
  retry: ({ id }) => {
    service.retry(id)
    return {}
  },
  discard: ({ id }) => {
    service.discard(id)
    return {}
  },
  resolve: (decision) => {
    service.resolve(decision)
    return {}
  },
})
