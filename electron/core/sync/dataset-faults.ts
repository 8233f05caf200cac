import type { Dataset } from '@shared/domain/datasets'
import type { AppError } from '@shared/errors'
import { isNetworkError, networkErrors } from './backoff'
import { forgetFaults } from '../store/cache/dataset-state'
import type { Store } from '../store/connection'

export interface DatasetFaults {
  put(dataset: Dataset, error: AppError): void
  clear(dataset: Dataset): void
  clearAll(which: (dataset: Dataset) => boolean): void
  first(): AppError | null
  /** The platform turned out to be out of reach: lists that failed just before failed for that reason, and none of them is broken. */
  dropNetworkFaults(): void
}

/** Why the last attempt of each dataset did not come through: also where not even that can be written to the disk. */
export const createDatasetFaults = ({ cache }: Store, connectionId: string): DatasetFaults => {
  const faults = new Map<Dataset, AppError>()
  return {
    put: (dataset, error) => void faults.set(dataset, error),
    clear: (dataset) => void faults.delete(dataset),
    clearAll: (which) => {
      for (const dataset of faults.keys()) if (which(dataset)) faults.delete(dataset)
    },
    first: () => [...faults.values()][0] ?? null,
    dropNetworkFaults: () => {
      for (const [dataset, error] of faults) if (isNetworkError(error)) faults.delete(dataset)
      try {
        if (cache.open) forgetFaults(cache, connectionId, networkErrors)
      } catch {
        // A full disk: the next walk writes how the list stands.
      }
    },
  }
}
