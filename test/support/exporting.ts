import type { Store } from '../../electron/core/store/connection'
import { run, sql } from '../../electron/core/store/sql'
import { systemClock } from '../../electron/core/clock'
import type { InternalCalls } from '../../shared/ipc/host-protocol'
import { addConnection, CONNECTION } from './notes-console'
import { inventory } from './stored-inventory'

/** A store with so many clients of one connection, read whole a while ago. */
export const storeClients = (store: Store, count: number, nameOf = (n: number): string => `Клиент ${String(n)}`): void => {
  addConnection(store, systemClock)
  const put = inventory(store, CONNECTION)
  run(store.cache, sql`BEGIN`)
  for (let n = 0; n < count; n++) put.client(`k${String(n).padStart(6, '0')}`, nameOf(n))
  run(store.cache, sql`COMMIT`)
  put.read(['clients', 'contracts'], AS_OF)
}
export const AS_OF = Date.UTC(2026, 0, 31, 9, 30)

type Export = InternalCalls['exportList']['input']
/** What the shell asks for once a person has said where. */
export const exportTo = (path: string, more: Partial<Export> = {}): Export => ({
  list: 'clients',
  query: { connectionId: CONNECTION, view: 'all', text: '', filters: [], sort: { by: 'name', desc: false } },
  selection: { mode: 'allExcept', rows: [] },
  columns: [{ field: 'name', as: 'text', title: 'Имя' }],
  title: 'Клиенты',
  remarks: ['Клиенты · Облако', 'Все строки, без условий'],
  asOf: { whole: 'Данные на {at}', part: 'Неполные данные на {at}', never: 'неизвестное время' },
  path,
  ...more,
})
