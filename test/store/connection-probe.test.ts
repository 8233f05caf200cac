import { expect, it } from 'vitest'
import { findConnection, setConnectionProbe } from '../../electron/core/store/local/connections'
import { run, sql } from '../../electron/core/store/sql'
import { capabilitiesWith } from '../support/scripted-platform'
import { storeBench } from '../support/store-in-folder'

const bench = storeBench()
const network = { caPem: null, clientCertPem: null, proxyUrl: null }
const settings = { platform: 'rustack', baseUrl: 'https://cp.example', utcOffsetMinutes: 0, ...network, profile: null }

it('a probe of a version that knew fewer datasets is out of date, and one that was asked about all of them is not', () => {
  const { local } = bench.memory()
  const capabilities = capabilitiesWith(['clients'])
  run(
    local,
    sql`INSERT INTO connection (id, platform, name, settings, language, color, demo, state, created_at, probed_at, capabilities)
      VALUES ('c1', 'rustack', 'c1', ${JSON.stringify(settings)}, 'ru', '#000000', 0, 'active', 5, 7, ${JSON.stringify(capabilities)})`,
  )
  expect(findConnection(local, 'c1')).toMatchObject({ probedAt: 0, capabilities: { datasets: { clients: { offered: true } } } })
  setConnectionProbe(local, { id: 'c1', at: 9, capabilities, account: { id: 'u', login: 'u', username: null } })
  expect(findConnection(local, 'c1')).toMatchObject({ probedAt: 9 })
  expect(Object.keys(findConnection(local, 'c1')?.capabilities ?? {}).sort()).toEqual(Object.keys(capabilities).sort())
})
