import { expect, it } from 'vitest'
import { migrate } from '../../electron/core/store/migrate'
import { localMigrations } from '../../electron/core/store/migrations'
import { findConnection, setConnectionSettings } from '../../electron/core/store/local/connections'
import { openFile } from '../../electron/core/store/open-file'
import { run, sql } from '../../electron/core/store/sql'

const ORIGINAL = { offered: true, certainty: 'inferred', reason: null }
const CAPABILITIES = { datasets: { limits: { ...ORIGINAL, walk: 'per-client' } }, noteWrites: ORIGINAL }

it('a connection of today’s file keeps how it is reached, in a document of its platform; its waiting commands stay', () => {
  const db = openFile({ path: ':memory:', key: null, cacheKib: 100 })
  const step = (count: number): void => {
    migrate(db, { steps: localMigrations.slice(0, count), file: 'local.db', backup: () => undefined })
  }
  step(localMigrations.findIndex(({ name }) => name === '008-sample-hypervisors') + 1)
  run(
    db,
    sql`INSERT INTO connection (id, platform, name, base_url, utc_offset_minutes, billing_offset_minutes, language, color, demo, state, ca_pem,
        client_cert_pem, proxy_url, secrets, capabilities, created_at)
      VALUES ('c1', 'rustack', 'Cloud', 'https://cp.example', 300, 180, 'en', '#000000', 0, 'active', 'CA', 'CERT', 'http://proxy:3128', 'wrapped',
        ${JSON.stringify(CAPABILITIES)}, 7)`,
  )
  run(
    db,
    sql`INSERT INTO outbox (id, connection_id, kind, client_id, note_uid, mine, state, seq, created_at, updated_at)
      VALUES ('o1', 'c1', 'note.create', 'k', 'u', '{"text":"x","alertAt":null}', 'pending', 1, 1, 1)`,
  )
  step(localMigrations.length)
  const kept = findConnection(db, 'c1')
  expect(kept?.settings).toEqual({
    ...{ platform: 'rustack', baseUrl: 'https://cp.example', utcOffsetMinutes: 300, caPem: 'CA', clientCertPem: 'CERT' },
    ...{ proxyUrl: 'http://proxy:3128', profile: null },
  })
  expect(kept).toMatchObject({ secrets: 'wrapped', language: 'en', billingOffsetMinutes: 180 })
  expect(kept?.capabilities).toEqual({
    datasets: { limits: { ...ORIGINAL, walk: 'per-owner' } },
    writes: { notes: ORIGINAL },
    pageSize: null,
  })
  if (kept) setConnectionSettings(db, 'c1', { ...kept.settings, profile: '{}' })
  expect(findConnection(db, 'c1')?.settings.profile).toBe('{}')
  db.close()
})
