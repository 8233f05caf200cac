import { z } from 'zod'
import type { SimClock } from '../clock'
import { ControlError } from './parts'

/** Any of these, in this order: set, advance, speed. */
const schema = z.strictObject({
  set: z.iso.datetime({ offset: true }).optional(),
  /** Simulated seconds. */
  advance: z.number().min(0).optional(),
  speed: z.number().min(0).optional(),
  stop: z.boolean().optional(),
})

export function moveClock(clock: SimClock, body: unknown): object {
  const wanted = schema.safeParse(body ?? {})
  if (!wanted.success) throw new ControlError(400, z.prettifyError(wanted.error))
  const { set, advance, speed, stop } = wanted.data
  if (set !== undefined) clock.set(Date.parse(set))
  if (advance !== undefined) clock.advance(advance * 1000)
  if (speed !== undefined) clock.setSpeed(speed)
  if (stop === true) clock.setSpeed(0)
  return { now: new Date(clock.now()).toISOString(), speed: clock.speed() }
}
