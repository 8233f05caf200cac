import type { Dataset } from '@shared/domain/datasets'
import type { SyncStatus } from '@shared/ipc/sync'
import type { Capabilities, PlatformAdapter } from '../../platforms/port/core'
import type { AdapterInput } from '../../platforms/port/definition'

/** What features may ask of a connection's sync. */
export interface SyncHandle {
  status(): SyncStatus
  start(): void
  now(): void
  cancel(): void
  pause(): void
  resume(): void
  opened(clientId: string): void
  setIntervalMs(ms: number): void
  setCapabilities(capabilities: Capabilities): void
  doubtToken(): void
  whenIdle(): Promise<void>
  online(): boolean
  stop(): Promise<void> | void
}

/** What a connection's sync tells back. */
export interface SyncEvents {
  onStatus(status: SyncStatus): void
  onChanged(datasets: Dataset[], ids: string[] | null): void
  /** The lists were walked completely once more. */
  onListsComplete(at: number): void
  onUnauthorized(): void
  onCapabilityDoubt(): void
}

export type AdapterOrder = Omit<AdapterInput, 'clock' | 'resolveProxy'> & { connectionId: string }
export type CreateAdapter = (input: AdapterOrder) => PlatformAdapter

export interface SyncInput {
  connectionId: string
  adapter: PlatformAdapter
  capabilities: Capabilities
  intervalMs: number
  events: SyncEvents
}
export type CreateSync = (input: SyncInput) => SyncHandle
