import type { Dataset } from '@shared/domain/datasets'
import { capabilityOf, offers, type Capabilities } from '../platforms/port/core'
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
export const listDatasets = (capabilities: Capabilities): Dataset[] =>
  scheduledDatasets(capabilities).filter((dataset) => ['collection', 'append'].includes(capabilityOf(capabilities, dataset).walk))

/** Everything that is read by the schedule, whatever the shape of its walk. */
export const scheduledDatasets = (capabilities: Capabilities): Dataset[] => order.filter((dataset) => offers(capabilities, dataset))

const nestedInClients: readonly SideloadDataset[] = ['contracts', 'tariff_plans', 'partners']
export const sideloadsOf = (capabilities: Capabilities): SideloadDataset[] =>
  nestedInClients.filter((dataset) => !offers(capabilities, dataset))
