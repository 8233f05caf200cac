import { datasets, type Dataset } from '@shared/domain/datasets'
import { capabilityOf, offers, type Capabilities } from '../platforms/port/core'
import type { SideloadDataset } from '../store/cache/page'
import { descriptors } from '../store/datasets'

/** The datasets that are walked as one list each. */
export const listDatasets = (capabilities: Capabilities): Dataset[] =>
  scheduledDatasets(capabilities).filter((dataset) => ['collection', 'append'].includes(capabilityOf(capabilities, dataset).walk))

/** Everything that is read by the schedule, whatever the shape of its walk, in the order in which a person misses it. */
export const scheduledDatasets = (capabilities: Capabilities): Dataset[] => datasets.filter((dataset) => offers(capabilities, dataset))

const isNested = (dataset: Dataset): dataset is SideloadDataset => 'nestedIn' in descriptors[dataset]
export const sideloadsOf = (capabilities: Capabilities): SideloadDataset[] =>
  datasets.filter(isNested).filter((dataset) => !offers(capabilities, dataset))
