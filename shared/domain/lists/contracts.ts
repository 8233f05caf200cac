import type { ListSpec } from '../list-spec'

export const contractList = {
  name: 'contracts',
  dataset: 'contracts',
  views: ['all'],
  sorts: ['name', 'client', 'balance', 'plan', 'created'],
  down: ['created'],
  first: { by: 'name', desc: false },
  filters: { plan: { kind: 'choice' }, balance: { kind: 'choice', of: ['negative', 'positive'] } },
} as const satisfies ListSpec
