import { z } from 'zod'
import { Dataset } from '../domain/datasets'
import type { EventName } from './channels'
import { TestStep } from './connections'
import { JobRow } from './jobs'
import { AlertCounts } from './notes'
import { OutboxCounts } from './outbox'
import { Preferences } from './preferences'
import { StoreCheck } from './store'
import { SyncStatus } from './sync'

/** Pushed to every open window. Payloads are checked where they leave the core. */
export const eventPayloads = {
  /** Cached or local rows changed: views of these datasets read again. ids null = many. */
  changed: z.object({ connectionId: z.string(), datasets: z.array(Dataset), ids: z.array(z.string()).max(200).nullable() }),
  sync: SyncStatus,
  alerts: AlertCounts,
  outbox: OutboxCounts,
  preferences: Preferences,
  /** The shell asks the page to go somewhere: a notification or a tray item was clicked. */
  navigate: z.object({ to: z.string().startsWith('/') }),
  testStep: TestStep,
  /** Progress of the demo's start: 0…1; null = ready. */
  demo: z.object({ progress: z.number().nullable() }),
  /** Long work moved, began or ended: all of it, as `jobs.list` gives it. */
  jobs: z.object({ rows: z.array(JobRow) }),
  storeCheck: StoreCheck,
} satisfies Record<EventName, z.ZodType>
export type EventPayload<E extends EventName> = z.infer<(typeof eventPayloads)[E]>
