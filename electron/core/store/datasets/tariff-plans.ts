import { entities } from '@shared/domain/entities'
import { columnsOf } from './columns'
import { ofNobody, type DatasetDescriptor } from './descriptor'

const { text, folded, integer } = columnsOf(entities.tariff_plans)

export const tariffPlans: DatasetDescriptor<'tariff_plans'> = {
  dataset: 'tariff_plans',
  table: 'tariff_plan',
  columns: [...text('name'), ...folded('name'), ...integer('createdAt', 'contracts')],
  journal: ofNobody,
  search: { kind: 'tariff_plan', text: (plan) => plan.name, keepsClient: false },
  nestedIn: 'clients',
  rests: true,
}
