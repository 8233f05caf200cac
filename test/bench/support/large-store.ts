import { settingsAt } from '../../support/notes-console'
import { settleAggregates } from '../../../electron/core/store/cache/aggregates'
import type { Store } from '../../../electron/core/store/connection'
import { insertConnection } from '../../../electron/core/store/local/connections'
import { inBatches, manyClients } from './clients'
import { beginWalks, CONNECTION, openInFolder, writeBatch } from './store'

export const LARGE = 100_000

/** A store of very many clients with what they own, and the aggregates that the store itself keeps over them. */
export const fillLargeStore = async (folder: string, count = LARGE): Promise<Store> => {
  const store = openInFolder(folder)
  store.cache.pragma('synchronous = OFF')
  addConnection(store)
  beginWalks(store)
  for (const batch of inBatches(manyClients(count), 500)) writeBatch(store, batch)
  store.cache.exec(inventory)
  store.cache.exec(readWhole)
  await settleAggregates(store, CONNECTION, { pause: () => Promise.resolve() })
  store.cache.pragma('synchronous = FULL')
  store.cache.pragma('wal_checkpoint(TRUNCATE)')
  return store
}

const addConnection = (store: Store): void => {
  const nothing = {
    accountId: null,
    accountLogin: null,
    accountName: null,
    secrets: null,
  }
  const shown = { name: 'Bench', color: '#7a63d8', demo: false }
  const fixed = {
    settings: settingsAt('http://127.0.0.1:1', 180),
    billingOffsetMinutes: 180,
    language: 'ru' as const,
    state: 'active' as const,
    capabilities: null,
    createdAt: 1,
  }
  insertConnection(store.local, { id: CONNECTION, ...shown, ...nothing, ...fixed })
}

/** A project and a VDC for each client, three servers and three disks in it: written in the order of ids, which is the quickest. */
const inventory = `
BEGIN;
INSERT INTO project (connection_id, id, name, client_id, locked, hash, walk)
  SELECT connection_id, 'p' || id, 'Проект', id, 0, '', 1 FROM client ORDER BY id;
INSERT INTO vdc (connection_id, id, name, project_id, hypervisor_id, hypervisor_name, hypervisor_type, hash, walk)
  SELECT connection_id, 'v' || id, 'ВЦОД', 'p' || id, CASE rowid % 2 WHEN 0 THEN 'hv-kvm' ELSE 'hv-vmware' END,
    CASE rowid % 2 WHEN 0 THEN 'KVM' ELSE 'VMware' END, 'kvm', '', 1 FROM client ORDER BY id;
WITH n (n) AS (VALUES (1), (2), (3))
  INSERT INTO server (connection_id, id, name, name_folded, vdc_id, cpu, ram_gb, power, locked, hash, walk)
  SELECT connection_id, n || id, 'srv', 'srv', 'v' || id, 2 * n, 4 * n, 1, 0, '', 1 FROM n CROSS JOIN client ORDER BY n, id;
WITH n (n) AS (VALUES (1), (2), (3))
  INSERT INTO disk (connection_id, id, name, vdc_id, server_id, size_gb, is_root, billing_class_id, storage_profile_name, hash, walk)
  SELECT connection_id, n || id, 'disk', 'v' || id, n || id, 40 * n, n = 1, 'class-' || n, 'Диски ' || n, '', 1 FROM n CROSS JOIN client ORDER BY n, id;
COMMIT;`

/** Figures are shown of lists that were read whole. */
const readWhole = `
INSERT INTO dataset_state (connection_id, dataset, as_of, complete)
  SELECT 'c1', value, 1, 1 FROM json_each('["clients","contracts","projects","vdcs","servers","disks","networks","routers","ports","storage_profiles","accounts"]') WHERE 1
  ON CONFLICT DO UPDATE SET as_of = 1, complete = 1, running = 0, cursor = NULL;`
