import type { Dataset } from '@shared/domain/datasets'
import type { AsOf } from '@shared/ipc/rows'
import { capabilityOf, type Capabilities } from '../../platforms/port/core'
import { asOfAll, figuresAsOf, missingOf } from '../../store/read/sync-status'
import type { Db } from '../../store/sql'

/** As of when lists and the figures kept beside them were true, or why they are missing. */
export interface FigureAsOf {
  /** Of rows that are read as they lie. */
  rows(needed: readonly Dataset[]): AsOf
  /** Of sums that are kept beside the rows. */
  figures(needed: readonly Dataset[]): AsOf
  /** The same reading, knowing what the probe found. */
  probed(asOf: AsOf): AsOf
}

export const createFigureAsOf = (cache: Db, connectionId: string, capabilities: Capabilities | null): FigureAsOf => {
  /** A list that the probe did not find is not on its way. */
  const probed = (asOf: AsOf): AsOf => {
    const { missing } = asOf
    if (asOf.at !== null || missing?.why !== 'not-read') return asOf
    const { offered, reason } = capabilities ? capabilityOf(capabilities, missing.dataset) : { offered: true, reason: null }
    if (offered) return asOf
    return { ...asOf, missing: missingOf({ dataset: missing.dataset, error: reason === null ? null : JSON.stringify(reason), offered: 0 }) }
  }
  return {
    rows: (needed) => probed(asOfAll(cache, connectionId, needed)),
    figures: (needed) => probed(figuresAsOf(cache, connectionId, needed)),
    probed,
  }
}

export const isKnown = ({ at }: AsOf): boolean => at !== null
/** Known, and still refreshed. */
export const isCurrent = ({ at, missing }: AsOf): boolean => at !== null && missing === null
