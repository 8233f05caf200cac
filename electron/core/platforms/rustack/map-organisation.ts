import type { EntityOf } from '@shared/domain/entities'
import type { Mapper } from './map'
import type { RustackProfile } from './profile'

/** What happens between the partner and its clients, by the profile's names: payments. */
export const organisationMappers = ({ fields }: RustackProfile) => {
  const payment: Mapper<EntityOf['payments']> = (row) => {
    const names = fields.payment
    return {
      entity: {
        id: row.id(),
        createdAt: row.time(names.createdAt),
        transaction: row.text(names.transaction),
        amount: row.money(names.amount),
        contract: row.ref(names.contract),
        method: row.text(names.method),
        status: row.text(names.status),
        extra: row.rest(),
      },
    }
  }
  return { payment }
}
