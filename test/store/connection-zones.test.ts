import { expect, it } from 'vitest'
import { migrate } from '../../electron/core/store/migrate'
import { localMigrations } from '../../electron/core/store/migrations'
import { listConnections } from '../../electron/core/store/local/connections'
import { openFile } from '../../electron/core/store/open-file'
import { run, sql, type Db } from '../../electron/core/store/sql'

const before = localMigrations.findIndex(({ name }) => name === '007-connection-zones')
const addOld = (db: Db, id: string, offset: number, demo: boolean): void => {
  run(
    db,
    sql`INSERT INTO connection (id, platform, name, base_url, utc_offset_minutes, language, color, demo, state, created_at)
      VALUES (${id}, 'rustack', ${id}, 'https://cp.example', ${offset}, 'ru', '#000000', ${demo}, 'active', ${id.length})`,
  )
}

it('a connection made while one setting stood for two keeps its billing day, and its times become UTC but for the demo’s', () => {
  const db = openFile({ path: ':memory:', key: null, cacheKib: 100 })
  const step = (count: number): void => {
    migrate(db, { steps: localMigrations.slice(0, count), file: 'local.db', backup: () => undefined })
  }
  step(before)
  addOld(db, 'own', 300, false)
  addOld(db, 'demo', 180, true)
  step(localMigrations.length)
  const zones = listConnections(db).map(({ id, settings, billingOffsetMinutes }) => [id, settings.utcOffsetMinutes, billingOffsetMinutes])
  expect(zones).toEqual([
    ['own', 0, 300],
    ['demo', 180, 180],
  ])
  db.close()
})
