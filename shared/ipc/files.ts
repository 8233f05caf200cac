import { z } from 'zod'
import { call } from './call'
import { Done, Id, Moment, windowInput } from './rows'

/** A file that is kept here, encrypted: what it holds, as of when, and until when it stays. */
export const KeptFileRow = z.object({
  id: Id,
  kind: z.enum(['list-export']),
  name: z.string(),
  connectionId: Id.nullable(),
  /** Bytes of its content. */
  size: z.int(),
  rows: z.int(),
  /** As of when and by which conditions, in the words of the screen that made it. */
  remarks: z.array(z.string()),
  asOf: Moment.nullable(),
  madeAt: Moment,
  keptUntil: Moment,
  state: z.enum(['whole', 'missing', 'damaged']),
})
export type KeptFileRow = z.infer<typeof KeptFileRow>

export const filesCalls = {
  list: call(z.strictObject(windowInput), z.object({ rows: z.array(KeptFileRow), total: z.int() })),
  remove: call(z.strictObject({ id: Id }), Done),
}
