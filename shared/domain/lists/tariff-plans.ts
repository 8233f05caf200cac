import type { ListSpec } from '../list-spec'

export const planList = {
  name: 'tariff-plans',
  dataset: 'tariff_plans',
  views: ['all'],
  sorts: ['name', 'contracts', 'created'],
  down: ['contracts', 'created'],
  first: { by: 'name', desc: false },
  filters: {},
} as const satisfies ListSpec
