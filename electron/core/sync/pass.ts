import type { Dataset } from '@shared/domain/datasets'
import { AppError } from '@shared/errors'
import type { Capabilities } from '../platforms/port'
import { settleAggregates } from '../store/cache/aggregates'
import { moveChanges } from '../store/change-mover'
import { listDatasets, pullLists } from './lists'
import type { PullEnd } from './pull'
import { breathe } from './pausing'
import { pullStatistics } from './statistics'
import type { WalkContext } from './walk'

export interface PassOptions {
  context: WalkContext
  capabilities: Capabilities
  /** null = all; otherwise only those that were left incomplete. */
  only: ReadonlySet<Dataset> | null
  onRunning: (dataset: Dataset, running: boolean) => void
  onAggregates: () => void
  /** Every list is complete: when their walks began. */
  onLists: (completeAt: number) => void
}
export interface PassResult {
  failed: Map<Dataset, AppError>
  interrupted: AppError | null
}

/** One round of the lists and the statistics: pull, then what is kept besides the rows, then the changes to their log. */
export const runPass = async ({ context, capabilities, only, onRunning, onAggregates, onLists }: PassOptions): Promise<PassResult> => {
  const wanted = (dataset: Dataset): boolean => only === null || only.has(dataset)
  const ends: PullEnd[] = []
  const { incomplete, interrupted } = await pullLists(context, listDatasets(capabilities).filter(wanted), {
    begin: (dataset) => {
      onRunning(dataset, true)
    },
    end: (dataset, end) => {
      onRunning(dataset, false)
      ends.push(end)
    },
  })
  if (await settleAggregates(context.store, context.connectionId, { pause: breathe, awaited: listDatasets(capabilities) })) onAggregates()
  moveChanges(context.store)
  const begun = ends.map((end) => (end.kind === 'complete' ? end.at : null))
  if (begun.length > 0 && interrupted === null && !begun.includes(null)) onLists(Math.min(...begun.map((at) => at ?? 0)))
  const result: PassResult = { failed: incomplete, interrupted }
  if (interrupted === null && capabilities.datasets.statistics.offered && wanted('statistics')) await history(context, result, onRunning)
  return result
}

const history = async (context: WalkContext, result: PassResult, onRunning: PassOptions['onRunning']): Promise<void> => {
  onRunning('statistics', true)
  try {
    await pullStatistics(context)
  } catch (thrown) {
    const error = AppError.from(thrown)
    if (context.signal.aborted) result.interrupted = error
    else result.failed.set('statistics', error)
  } finally {
    onRunning('statistics', false)
  }
}
