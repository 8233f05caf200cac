import { z } from 'zod'
import { foundKinds } from '../domain/search-kinds'
import { Money } from '../domain/schemas'
import { ClientQuery } from './clients'
import { call } from './call'
import { Done, Id } from './rows'

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

export const SavedView = z.object({ id: Id, name: z.string().min(1).max(80), query: ClientQuery })
export type SavedView = z.infer<typeof SavedView>
export const viewsCalls = {
  /** With how many clients of this connection (null = of all) each shows now; null: what it asks for was not read yet. */
  list: call(z.strictObject({ connectionId: Id.nullable() }), z.array(SavedView.extend({ count: z.number().nullable() }))),
  save: call(z.strictObject({ name: z.string().trim().min(1).max(80), query: ClientQuery }), SavedView),
  remove: call(z.strictObject({ id: Id }), Done),
}
