import { z } from 'zod'
import { Amount, entity, Quantity, Time } from './fields'

/** One point of the partner's history: at a moment, or summed over the bucket that starts there. */
export const StatPoint = entity({
  at: Time,
  resolution: z.enum(['hour', 'day']),
  clients: Quantity.nullable(),
  servers: Quantity.nullable(),
  cpu: Quantity.nullable(),
  ramGb: Quantity.nullable(),
  volumeGb: Quantity.nullable(),
  diskGb: z.record(z.string(), z.number().min(0)),
  ip: Quantity.nullable(),
  networks: Quantity.nullable(),
  routers: Quantity.nullable(),
  charged: Amount.nullable(),
})
