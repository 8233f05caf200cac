import type { Dataset, Certainty } from '@shared/domain/datasets'
import type { EntityOf, Limit, Note } from '@shared/domain/entities'
import type { LimitType } from '@shared/domain/limits'
import type { PowerOrder } from '@shared/domain/power'
import type { AppErrorData } from '@shared/errors'

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
 * is then what the probe was told.
 */
export interface Capabilities {
  datasets: Record<Dataset, DatasetCapability>
  noteWrites: Capability
  /** undefined: learned by a console that knew nothing of it yet. */
  limitWrites?: Capability
  /** null: pages come in the deployment's own size. */
  pageSize: PageSize | null
}

export interface ProbeReport {
  capabilities: Capabilities
  account: { id: string; login: string; username: string | null }
  /** Server clock minus ours at the probe, in ms; null when the platform sent no Date header. */
  clockSkewMs: number | null
  /** Total clients, where the first page told it. */
  clients: number | null
}

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

export interface NoteDraft {
  clientId: string
  text: string
  alertAt: number | null
}

/** One limit of a client as it shall be: `value` null takes it away, `id` null is one that the platform has not yet. */
export interface LimitWrite {
  id: string | null
  hypervisorId: string
  type: LimitType
  value: number | null
}
/** Writing the limits of clients. Nobody's own limits (a partner's) are written here. */
export interface LimitWrites {
  /** All limits of one client, fresh and whole, or an error. `at`: server time of the answer. */
  ofClient(clientId: string, signal: AbortSignal): Promise<{ rows: Limit[]; at: number }>
  write(clientId: string, limit: LimitWrite, signal: AbortSignal): Promise<void>
}

/** Switching servers: a job of the platform, during which the server is locked. */
export interface PowerWrites {
  /** `jobId` null: the platform named no job; the server's lock tells the end. */
  order(serverId: string, order: PowerOrder, signal: AbortSignal): Promise<{ jobId: string | null }>
  server(serverId: string, signal: AbortSignal): Promise<{ power: boolean | null; locked: boolean | null; jobId: string | null }>
  /** `step`: the platform's own name of what it does, where it tells one. */
  job(jobId: string, signal: AbortSignal): Promise<{ state: 'running' | 'finished' | 'failed'; step: string | null }>
}

/**
 * One account at one platform. Every method throws AppError; nothing is retried inside: retries belong to the
 * scheduler and the outbox. `unauthorized` stops the connection until a new token is given.
 */
export interface PlatformAdapter {
  /**
   * Checks the token and learns what the deployment offers. A person waits for it, so this one call repeats a request
   * that failed for a moment, a few times. A feature that still fails for a moment counts as offered, with the reason.
   */
  probe(signal: AbortSignal): Promise<ProbeReport>
  /** A cheap request that only says whether the platform answers and the token still holds. */
  ping(signal: AbortSignal): Promise<{ at: number }>
  page<D extends Dataset>(request: PageRequest<D>): Promise<Page<EntityOf[D]> & { sideload: Sideload }>
  /** Daily figures of one client; throws `not-offered` where the deployment has none. */
  clientDays(clientId: string, from: number, to: number, signal: AbortSignal): Promise<EntityOf['statistics'][]>
  createNote(draft: NoteDraft, signal: AbortSignal): Promise<Note>
  updateNote(id: string, draft: NoteDraft, signal: AbortSignal): Promise<Note>
  confirmNote(id: string, draft: NoteDraft, signal: AbortSignal): Promise<Note>
  deleteNote(id: string, signal: AbortSignal): Promise<void>
  /** All notes of one client, fresh and whole, or an error that passes: what the outbox reads back after an unknown outcome. */
  clientNotes(clientId: string, signal: AbortSignal): Promise<Note[]>
  /** Absent: the platform has no such thing. */
  limits?: LimitWrites
  power?: PowerWrites
  /** Lets the sockets go, each when its request has ended. Nothing is asked of it afterwards. */
  close(): void
}

/** What an adapter is built from. The transport (axios) is made by `http.ts` and handed in. */
export interface ConnectionSettings {
  baseUrl: string
  utcOffsetMinutes: number
  locale: 'ru' | 'en'
  /** Own CA and client certificate, PEM. */
  caPem: string | null
  clientCertPem: string | null
  clientKeyPem: string | null
  /** null = the system's proxy; '' = none; else a URL. */
  proxyUrl: string | null
}
