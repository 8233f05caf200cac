import { expect, it } from 'vitest'
import { insertSample, samplesBetween } from '../../electron/core/store/local/samples'
import { migrate } from '../../electron/core/store/migrate'
import { localMigrations } from '../../electron/core/store/migrations'
import { openFile } from '../../electron/core/store/open-file'
import { run, sql } from '../../electron/core/store/sql'

it('samples from before hypervisors were told apart stay, and say that they do not tell them apart', () => {
  const db = openFile({ path: ':memory:', key: null, cacheKib: 100 })
  const step = (count: number): void => {
    migrate(db, { steps: localMigrations.slice(0, count), file: 'local.db', backup: () => undefined })
  }
  step(localMigrations.findIndex(({ name }) => name === '008-sample-hypervisors'))
  run(
    db,
    sql`INSERT INTO sample (connection_id, at, clients, servers, cpu, ram_gb, volume_gb, disk_gb, ip, networks, routers, negative_clients)
      VALUES ('c', 10, 1, 2, 3, 4, 5, '{"ssd":5}', 6, 7, 8, 9)`,
  )
  step(localMigrations.length)
  const unknown = { servers: 1, cpu: 1, ramGb: 1, clients: null, volumeGb: null, diskGb: null, ip: null, networks: null, routers: null }
  insertSample(db, 'c', { at: 20, ...unknown, negativeClients: null, hypervisors: {} })
  const known = {
    clients: 1,
    servers: 2,
    cpu: 3,
    ramGb: 4,
    volumeGb: 5,
    diskGb: { ssd: 5 },
    ip: 6,
    networks: 7,
    routers: 8,
    negativeClients: 9,
  }
  expect(samplesBetween(db, 'c', { from: 0, to: 99 })).toEqual([
    { at: 10, ...known, hypervisors: null },
    { at: 20, ...unknown, negativeClients: null, hypervisors: {} },
  ])
  db.close()
})
