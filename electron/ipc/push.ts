import type { WebContents } from 'electron'
import type { z } from 'zod'
import { eventChannelOf } from '@shared/ipc/channels'
import { LARGEST_MESSAGE, sizeOf } from './envelope'

interface PushSetup {
  payloads: Record<string, z.ZodType>
  contents: () => WebContents[]
  log: (what: string, details: unknown) => void
}

/** Sends an event to every window, if it is what the contract says; one that is not is logged and goes nowhere. */
export const pushTo =
  ({ payloads, contents, log }: PushSetup) =>
  (name: string, payload: unknown): void => {
    const parsed = Object.hasOwn(payloads, name) ? payloads[name]?.safeParse(payload) : undefined
    if (!parsed?.success || (sizeOf(parsed.data) ?? Infinity) > LARGEST_MESSAGE)
      return log(`the event ${name} is not what the contract says`, parsed?.error)
    for (const target of contents()) if (!target.isDestroyed()) target.send(eventChannelOf(name), parsed.data)
  }
