import { systemClock } from '../../electron/core/clock'
import { openStore } from '../../electron/core/store/connection'
import { insertSample } from '../../electron/core/store/local/samples'
import { insertCommand } from '../../electron/core/store/local/commands'
import { run, sql } from '../../electron/core/store/sql'

/** A store that is written to until it is killed. Says `note ID TIME` and `sample TIME` for each commit, once it is back. */
const [folder = '', key = ''] = process.argv.slice(2)
const store = openStore({ folder, key, clock: systemClock })
run(
  store.local,
  sql`INSERT OR IGNORE INTO connection (id, platform, name, settings, color, demo, state, created_at)
    VALUES ('c', 'rustack', 'C', '{}', 'teal', 0, 'active', 0)`,
)
const figures = {
  clients: 1,
  servers: 1,
  cpu: 1,
  ramGb: 1,
  volumeGb: 1,
  diskGb: {},
  ip: 0,
  networks: 0,
  routers: 0,
  negativeClients: 0,
  hypervisors: null,
}
/** Later only what nobody waits for: then the log grows. */
const WITH_NOTES = 60
let number = 0
const write = (): void => {
  number++
  if (number % 10 === 0 && number <= WITH_NOTES) {
    const id = `${String(process.pid)}-${String(number)}`
    const text = `Примечание ${id}`
    insertCommand(
      store.local,
      {
        id,
        connectionId: 'c',
        kind: 'note.create',
        subject: { dataset: 'notes', uid: id, id: null },
        clientId: 'k',
        payload: { text, alertAt: null, confirmed: false },
        payloadVersion: 1,
        base: null,
        batchId: null,
        mutex: 'notes k',
        holdKey: null,
        createdAt: number,
      },
      text,
    )
    process.stdout.write(`note ${id} ${String(Date.now())}\n`)
  } else {
    const at = Date.now() * 10 + (number % 10)
    insertSample(store.local, 'c', { at, ...figures })
    process.stdout.write(`sample ${String(at)} ${String(Date.now())}\n`)
  }

  setTimeout(write, 20)
}
write()
