import { entities } from '@shared/domain/entities'
import { columnsOf } from './columns'
import { ofNobody, type DatasetDescriptor } from './descriptor'

const { text, json } = columnsOf(entities.partners)

export const partners: DatasetDescriptor<'partners'> = {
  dataset: 'partners',
  table: 'partner',
  columns: [...text('name', 'providerName', 'adminEmail'), ...json('nsServers', 'hypervisors'), ...text('contractId')],
  journal: ofNobody,
  nestedIn: 'clients',
  rests: true,
}
