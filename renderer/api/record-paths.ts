interface Id {
  connectionId: string
  id: string
}
const part = encodeURIComponent

/** Where a record has its page: the same id may stand in two connections. */
const recordPath = (kind: 'clients' | 'contracts' | 'plans', connectionId: string, id: string): string =>
  `/${kind}/${part(connectionId)}/${part(id)}`

export const clientPath = (client: Id): string => recordPath('clients', client.connectionId, client.id)
export const contractPath = (contract: Id): string => recordPath('contracts', contract.connectionId, contract.id)
export const planPath = (plan: Id): string => recordPath('plans', plan.connectionId, plan.id)
export const projectsPath = (client: Id): string => `${clientPath(client)}/projects`
/** What belongs to no known client. */
export const unattachedPath = (connectionId: string): string => `/unattached/${part(connectionId)}`
/** A note in its client's card; `new` opens an empty one. */
export const notePath = (client: Id, note: string): string => `${clientPath(client)}?tab=notes&note=${part(note)}`

/** Pages of what a record points to; null = it points to nothing. */
export const ownClientPath = (row: { connectionId: string; clientId: string | null }): string | null =>
  row.clientId === null ? null : recordPath('clients', row.connectionId, row.clientId)
export const ownContractPath = (row: { connectionId: string; contractId: string | null }): string | null =>
  row.contractId === null ? null : recordPath('contracts', row.connectionId, row.contractId)
export const ownPlanPath = (row: { connectionId: string; planId: string | null }): string | null =>
  row.planId === null ? null : recordPath('plans', row.connectionId, row.planId)

/** Lists of those on one plan. */
export const clientsOfPlan = (planId: string): string => `/clients?plan=${part(planId)}`
export const contractsOfPlan = (planId: string): string => `/contracts?plan=${part(planId)}`
