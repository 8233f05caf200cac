import { foldText } from '@shared/domain/search-text'
import { named, type EntityTable } from './entity-table'

export const tariffPlanTable: EntityTable<'tariff_plans'> = {
  dataset: 'tariff_plans',
  table: 'tariff_plan',
  columns: [...named('name'), ['name_folded', null], ...named('created_at', 'contracts')],
  cells: (plan) => [plan.name, foldText(plan.name), plan.createdAt, plan.contracts],
  clientOf: () => null,
  search: (plan) => ({ kind: 'tariff_plan', clientId: null, text: plan.name }),
}
