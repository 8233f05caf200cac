import type { Certainty, Dataset, WriteFeature } from '@shared/domain/datasets'
import type { EntityOf } from '@shared/domain/entities'
import { AppError, type AppErrorData } from '@shared/errors'
import type { Page, PageRequest, PlatformReads, Sideload } from './reads'
import type { PlatformWrites } from './writes'

/** What the console may ask of a platform. Screens and sync go by capabilities, never by a platform's name. */
export interface Capability {
  offered: boolean
  certainty: Certainty
  /** Why it is not offered: the probe's error, in codes. */
  reason: AppErrorData | null
}

/**
 * How a dataset is walked: one list over everything; one list per owner (client or partner); a list that only grows, read
 * from its newest row back to the last one known; a period of time, asked for again from where knowledge ends.
 */
export type WalkShape = 'collection' | 'per-owner' | 'append' | 'window'

export interface DatasetCapability extends Capability {
  walk: WalkShape
}

/** A query parameter that asks for larger pages, and the largest page that was answered to it. */
export interface PageSize {
  param: string
  size: number
}

/**
 * `offered` of a dataset that the vendor states is always true: whether it is refused, its walk tells each time; `reason`
 * is then what the probe was told. What a platform does not know at all is missing.
 */
export interface Capabilities {
  datasets: Partial<Record<Dataset, DatasetCapability>>
  writes: Partial<Record<WriteFeature, Capability>>
  /** null: pages come in the deployment's own size. */
  pageSize: PageSize | null
}

const UNKNOWN_HERE: DatasetCapability = { offered: false, certainty: 'known', reason: null, walk: 'collection' }

/** Of a dataset that the platform does not know: not offered, without a reason. */
export const capabilityOf = ({ datasets }: Pick<Capabilities, 'datasets'>, dataset: Dataset): DatasetCapability =>
  datasets[dataset] ?? UNKNOWN_HERE
export const offers = (capabilities: Pick<Capabilities, 'datasets'>, dataset: Dataset): boolean =>
  capabilityOf(capabilities, dataset).offered
export const takes = ({ writes }: Pick<Capabilities, 'writes'>, feature: WriteFeature): boolean => writes[feature]?.offered ?? false

export interface ProbeReport {
  capabilities: Capabilities
  account: { id: string; login: string; username: string | null }
  /** Server clock minus ours at the probe, in ms; null when the platform sent no Date header. */
  clockSkewMs: number | null
  /** Total clients, where the first page told it. */
  clients: number | null
}

/** What every adapter has. */
export interface PlatformCore {
  /**
   * Checks the token and learns what the deployment offers. A person waits for it, so this one call repeats a request
   * that failed for a moment, a few times. A feature that still fails for a moment counts as offered, with the reason.
   */
  probe(signal: AbortSignal): Promise<ProbeReport>
  /** A cheap request that only says whether the platform answers and the token still holds. */
  ping(signal: AbortSignal): Promise<{ at: number }>
  page<D extends Dataset>(request: PageRequest<D>): Promise<Page<EntityOf[D]> & { sideload: Sideload }>
  /** Lets the sockets go, each when its request has ended. Nothing is asked of it afterwards. */
  close(): void
}

/**
 * One account at one platform. Every method throws AppError; nothing is retried inside: retries belong to the
 * scheduler and the outbox. `unauthorized` stops the connection until a new token is given.
 */
export type PlatformAdapter = PlatformCore & PlatformReads & PlatformWrites

/** @throws AppError `not-offered` where the adapter has no such part. */
export const partOf = <P extends keyof PlatformWrites>(adapter: PlatformWrites, part: P): NonNullable<PlatformWrites[P]> => {
  const found = adapter[part]
  if (!found) throw new AppError('not-offered', `this platform has no ${part}`)
  return found
}
