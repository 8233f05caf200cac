import { z } from 'zod'
import { foundKinds } from '../domain/dataset-names'
import { Money } from '../domain/entities/fields'
import { call } from './call'
import { Id } from './rows'

export const FoundRow = z.object({
  kind: z.enum(foundKinds),
  connectionId: Id,
  id: Id,
  /** The client to open, where the row belongs to one. */
  clientId: z.string().nullable(),
  title: z.string(),
  hint: z.string(),
  balance: Money.nullable(),
})
export type FoundRow = z.infer<typeof FoundRow>

export const searchCalls = {
  find: call(
    z.strictObject({ text: z.string().max(200), connectionId: Id.nullable(), limit: z.int().min(1).max(50) }),
    z.object({ rows: z.array(FoundRow), totalClients: z.number() }),
  ),
}
