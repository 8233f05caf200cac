import type { ListSpec } from '../list-spec'

export const clientList = {
  name: 'clients',
  dataset: 'clients',
  views: ['all', 'negative', 'near-limit', 'unmanaged', 'new'],
  /** In the order of the columns. */
  sorts: ['name', 'created', 'balance', 'plan', 'contract', 'projects', 'partner', 'servers', 'cpu', 'ram', 'volume', 'limit'],
  down: ['created', 'projects', 'servers', 'cpu', 'ram', 'volume', 'limit'],
  first: { by: 'name', desc: false },
  filters: {
    partner: { kind: 'choice' },
    plan: { kind: 'choice' },
    paymentModel: { kind: 'choice' },
    balance: { kind: 'money' },
    created: { kind: 'days' },
    projects: { kind: 'number' },
    limit: { kind: 'own' },
  },
} as const satisfies ListSpec
