import type { Cloud } from './cloud'
import { hole } from './fragments'
import { bodyOf, type Body } from './rows'
import type { StoredRow } from './store'

/** The client as a project shows it. */
export function clientInProject(cloud: Cloud, row: StoredRow): Body {
  const { id, name, internet, allowed_hypervisors, payment_methods, payment_model } = bodyOf(row)
  const contract = cloud.store.rowsBy('contract', 'n', row.n)[0]
  const own = contract === undefined ? { id: '', name: '' } : bodyOf(contract)
  return {
    id,
    name,
    contract: { id: own['id'], name: own['name'], balance: hole('balance') },
    internet,
    allowed_hypervisors,
    payment_methods,
    payment_model,
  }
}
