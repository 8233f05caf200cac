import type { Dataset } from '@shared/domain/datasets'
import type { Capabilities } from '../platforms/port'
import type { SideloadDataset } from '../store/cache/page'

/** In the order in which a person misses them. */
const order: readonly Dataset[] = [
  'clients',
  'partners',
  'contracts',
  'tariff_plans',
  'projects',
  'vdcs',
  'servers',
  'storage_profiles',
  'disks',
  'notes',
  'accounts',
  'networks',
  'routers',
  'ports',
  'limits',
  'statistics',
]

/** The datasets that are walked as one list each. */
export const listDatasets = ({ datasets }: Capabilities): Dataset[] =>
  order.filter((dataset) => datasets[dataset].offered && (datasets[dataset].walk === 'collection' || datasets[dataset].walk === 'append'))

/** Everything that is read by the schedule, whatever the shape of its walk. */
export const scheduledDatasets = ({ datasets }: Capabilities): Dataset[] => order.filter((dataset) => datasets[dataset].offered)

const nestedInClients: readonly SideloadDataset[] = ['contracts', 'tariff_plans', 'partners']
export const sideloadsOf = ({ datasets }: Capabilities): SideloadDataset[] =>
  nestedInClients.filter((dataset) => !datasets[dataset].offered)
