import type { Dataset } from '@shared/domain/datasets'
import type { AppError } from '@shared/errors'
import type { Capabilities } from '../platforms/port'
import type { SideloadDataset } from '../store/cache/page'
import { pullDataset, type PullEnd } from './pull'
import type { WalkContext } from './walk'

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
]

/** The datasets that are walked as one list each. */
export const listDatasets = ({ datasets }: Capabilities): Dataset[] =>
  order.filter((dataset) => datasets[dataset].offered && datasets[dataset].walk === 'collection')

const nestedInClients: readonly SideloadDataset[] = ['contracts', 'tariff_plans', 'partners']
export const sideloadsOf = ({ datasets }: Capabilities): SideloadDataset[] =>
  nestedInClients.filter((dataset) => !datasets[dataset].offered)

/** Datasets under way at once; the gate bounds their requests too. */
const LANES = 3

export interface ListsResult {
  incomplete: Map<Dataset, AppError>
  interrupted: AppError | null
}

/** Pulls datasets side by side, pages of one strictly after one another. One that fails does not hold up the others. */
export const pullLists = async (
  context: WalkContext,
  datasets: readonly Dataset[],
  on: { begin: (dataset: Dataset) => void; end: (dataset: Dataset, end: PullEnd) => void },
): Promise<ListsResult> => {
  const result: ListsResult = { incomplete: new Map(), interrupted: null }
  const waiting = [...datasets]
  const lane = async (): Promise<void> => {
    for (let dataset = waiting.shift(); dataset && !context.signal.aborted; dataset = waiting.shift()) {
      on.begin(dataset)
      const end = await pullDataset(context, dataset)
      if (end.kind === 'incomplete') result.incomplete.set(dataset, end.error)
      if (end.kind === 'interrupted') result.interrupted = end.error
      on.end(dataset, end)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return result
}
