import type { Limit, Note } from '@shared/domain/entities'
import type { LimitType } from '@shared/domain/limits'
import type { PowerOrder } from '@shared/domain/codes'

export interface NoteDraft {
  clientId: string
  text: string
  alertAt: number | null
}

export interface NoteWrites {
  create(draft: NoteDraft, signal: AbortSignal): Promise<Note>
  update(id: string, draft: NoteDraft, signal: AbortSignal): Promise<Note>
  confirm(id: string, draft: NoteDraft, signal: AbortSignal): Promise<Note>
  remove(id: string, signal: AbortSignal): Promise<void>
  /** All notes of one client, fresh and whole, or an error that passes: what is read back after an unknown outcome. */
  ofClient(clientId: string, signal: AbortSignal): Promise<Note[]>
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
 * What can be changed, each by one request that changes something: `timeout` or `cancelled` with the reason `NOT_SENT` says that
 * it did not leave. An adapter has a part, or has not; whether the deployment takes it, `Capabilities.writes` tells.
 */
export interface PlatformWrites {
  notes?: NoteWrites
  limits?: LimitWrites
  power?: PowerWrites
}
