import { z } from 'zod'
import { call } from './call'
import { Done, Moment, Nothing } from './rows'

const Told = { id: z.int(), at: Moment }

/** What happened to the program's own files and was not read yet. */
export const StoreNotice = z.discriminatedUnion('kind', [
  /** The saved copy could not be opened and was put aside; everything is read from the platforms anew. */
  z.object({ ...Told, kind: z.literal('cache-set-aside'), reason: z.enum(['damaged', 'newer-schema']), file: z.string() }),
  /** The last commits that were known are not in the file: how many, between when, and what a person did among them. */
  z.object({
    ...Told,
    kind: z.literal('commits-missing'),
    /** The file is a backup that was put in its place. */
    restored: z.boolean(),
    count: z.int(),
    from: Moment,
    to: Moment,
    recent: z.array(z.object({ kind: z.string(), text: z.string(), at: Moment })),
  }),
])
export type StoreNotice = z.infer<typeof StoreNotice>

/** How far local.db has been read through, 0…1, while nothing is written to it yet; null = it has been, or it was at once. */
export const StoreCheck = z.object({ share: z.number().nullable() })

export const storeCalls = {
  notices: call(Nothing, z.array(StoreNotice)),
  noticeRead: call(z.strictObject({ id: z.int() }), Done),
  check: call(Nothing, StoreCheck),
}
