import type { Dataset } from '@shared/domain/datasets'
import type { RustackProfile } from './profile'

interface InferredList {
  path: keyof RustackProfile['paths']
  /** The names of its rows. */
  fields: keyof RustackProfile['fields']
  /** Its rows have a time of creation. */
  dated: boolean
  /** It only grows: what was told once is never taken back. */
  grows?: true
}

/** The lists of the INFERRED half, each over everything. What belongs to one client has a path of its own. */
export const inferredLists: Partial<Record<Dataset, InferredList>> = {
  partners: { path: 'partners', fields: 'partner', dated: false },
  contracts: { path: 'contracts', fields: 'contract', dated: true },
  tariff_plans: { path: 'tariffPlans', fields: 'tariffPlan', dated: true },
  accounts: { path: 'accounts', fields: 'account', dated: true },
  notes: { path: 'notes', fields: 'note', dated: true },
  statistics: { path: 'statistics', fields: 'statistics', dated: false },
  payments: { path: 'payments', fields: 'payment', dated: true, grows: true },
  tickets: { path: 'tickets', fields: 'ticket', dated: true },
  events: { path: 'events', fields: 'event', dated: true, grows: true },
}
