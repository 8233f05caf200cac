import { createClients } from '../../electron/core/features/clients/service'
import { createLiveConnections } from '../../electron/core/features/connections/live'
import { contractsHandlers } from '../../electron/core/features/contracts/handlers'
import { listsHandlers } from '../../electron/core/features/lists/handlers'
import { createList } from '../../electron/core/features/lists/list'
import { tariffPlansHandlers } from '../../electron/core/features/tariff-plans/handlers'
import type { Workspace } from '../../electron/core/features/workspace'
import { contractSource } from '../../electron/core/store/read/contracts'
import type { Memo } from '../../electron/core/store/read/memo'
import { paymentSource } from '../../electron/core/store/read/payments'
import { planSource } from '../../electron/core/store/read/tariff-plans'
import { eventSource } from '../../electron/core/store/read/events'
import { ticketSource } from '../../electron/core/store/read/tickets'
import { userSource } from '../../electron/core/store/read/users'

/** The lists of a workspace, as the core ties them together. */
export const listsOver = (workspace: Workspace, memo: Memo) => {
  const clients = createClients({ workspace, live: createLiveConnections(), memo })
  const contracts = createList(contractSource, { workspace, memo })
  const plans = createList(planSource, { workspace, memo })
  const payments = createList(paymentSource, { workspace, memo })
  const tickets = createList(ticketSource, { workspace, memo })
  const events = createList(eventSource, { workspace, memo })
  const users = createList(userSource, { workspace, memo })
  const all = { clients, contracts, 'tariff-plans': plans, payments, tickets, events, users }
  return {
    clients,
    contracts: contractsHandlers(workspace, contracts),
    plans: tariffPlansHandlers(workspace, plans),
    lists: listsHandlers(workspace, all),
    payments,
    tickets,
    events,
    users,
  }
}
/** What every list is asked first: all rows by name. */
export const plainQuery = (connectionId: string) => ({
  connectionId,
  view: 'all' as const,
  text: '',
  filters: [],
  sort: { by: 'name' as const, desc: false },
})
