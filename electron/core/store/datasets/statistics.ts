import { entities } from '@shared/domain/entities'
import { columnsOf } from './columns'
import { ofNobody, type DatasetDescriptor } from './descriptor'

const { text, integer, real, json, money } = columnsOf(entities.statistics)

export const statistics: DatasetDescriptor<'statistics'> = {
  dataset: 'statistics',
  table: 'statistic',
  columns: [
    ...[...integer('at'), ...text('resolution'), ...real('clients', 'servers', 'cpu', 'ramGb', 'volumeGb'), ...json('diskGb')],
    ...[...real('ip', 'networks', 'routers'), ...money('charged')],
  ],
  journal: ofNobody,
}
