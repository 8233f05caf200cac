import type { ListSpec } from '../list-spec'

export const paymentList = {
  name: 'payments',
  dataset: 'payments',
  views: ['all', 'corrections', 'mine', 'unfinished'],
  sorts: ['created', 'amount', 'contract', 'method', 'status'],
  down: ['created', 'amount'],
  first: { by: 'created', desc: true },
  filters: {
    created: { kind: 'days' },
    client: { kind: 'choice' },
    method: { kind: 'choice' },
    status: { kind: 'choice' },
    amount: { kind: 'money' },
  },
} as const satisfies ListSpec
