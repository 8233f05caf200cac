import { z } from 'zod'
import { powerOrders } from '../domain/codes'
import { AppErrorData } from '../errors'
import { call } from './call'
import { Done, Id } from './rows'

const Order = z.enum(powerOrders)

/** An order to a server that is under way, or that ended in a way that a person must see. */
export const ServerWork = z.object({
  serverId: Id,
  commandId: Id,
  order: Order,
  state: z.string(),
  error: AppErrorData.nullable(),
})
export type ServerWork = z.infer<typeof ServerWork>

const owner = { connectionId: Id, clientId: Id.nullable() }
export const serversCalls = {
  work: call(z.strictObject(owner), z.object({ offered: z.boolean(), rows: z.array(ServerWork).max(200) })),
  /**
   * Live: needs a connection (`needs-connection`), is given once and never again by itself. Comes back when the platform has
   * taken it; how its job ends is told by `work`.
   */
  order: call(z.strictObject({ ...owner, serverId: Id, order: Order }), z.object({ commandId: Id })),
  /** What went wrong has been read. */
  seen: call(z.strictObject({ commandId: Id }), Done),
}
