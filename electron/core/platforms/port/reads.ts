import type { Dataset } from '@shared/domain/datasets'
import type { EntityOf } from '@shared/domain/entities'
import type { ProfileTrial } from './profile'

/** What is wrong with something that could not be read, as a code: the window has the words. */
export type UnreadReason = 'missing' | 'wrong-type' | 'not-a-date' | 'out-of-range' | 'too-long' | 'too-deep' | 'unreadable'

/** Something of a row that could not be understood. */
export interface Unread {
  /** The row's id and name as far as they could be read. */
  id: string | null
  name: string | null
  /** The field, as the platform names it (`contract.balance`); null: the row as a whole. */
  field: string | null
  why: UnreadReason
  raw: unknown
}

/** One page of a list. `total` is the platform's own count at that moment. */
export interface Page<T> {
  items: T[]
  total: number | null
  /** Rows that could not be understood at all: kept apart, never silently dropped. */
  unreadable: Unread[]
  /** Fields that could not be understood, of rows that stand in `items` with null in their place. */
  partial: Unread[]
  /** null = the last page. Opaque; survives a restart. */
  next: string | null
  /** Server time of the answer (Date header), UTC ms; our clock when there is none. */
  at: number
}

/** With an `ownerId` the whole list of that owner comes as one page, or an error. */
export interface PageRequest<D extends Dataset = Dataset> {
  dataset: D
  /** null = the first page. */
  cursor: string | null
  /** Set for `per-owner` walks, and for what one owner has of its own. */
  ownerId?: string
  /** What the owner is; a client where it is not said. */
  ownerKind?: 'client' | 'partner'
  /** For `statistics`: the window asked for, UTC ms. */
  from?: number
  to?: number
  resolution?: 'hour' | 'day'
  signal: AbortSignal
}

/** Entities that a page of a dataset brings along from nested objects (a client carries its contract and plan). */
export interface Sideload {
  contracts?: EntityOf['contracts'][]
  tariff_plans?: EntityOf['tariff_plans'][]
  partners?: EntityOf['partners'][]
}

/** What is read live, for one record that a person looks at. An adapter has a part, or has not. */
export interface PlatformReads {
  /** Daily figures of one client; throws `not-offered` where the deployment has none. */
  clientDays?: (clientId: string, from: number, to: number, signal: AbortSignal) => Promise<EntityOf['statistics'][]>
  /** Where a part of the API is described by a profile. */
  profile?: ProfileTrial
}
