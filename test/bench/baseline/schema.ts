import Database from 'better-sqlite3'

/**
 * The cache's tables written down a second time, with nothing imported from the console. A measurement that uses them
 * first compares the two files (same-schema.ts), so this list cannot silently fall behind.
 */
const table = (name: string, columns: string): string =>
  `CREATE TABLE ${name} (connection_id TEXT NOT NULL, id TEXT NOT NULL, ${columns}, extra TEXT NOT NULL DEFAULT '{}', hash TEXT NOT NULL,
    walk INTEGER NOT NULL, PRIMARY KEY (connection_id, id)) STRICT;`

const entities = [
  table(
    'partner',
    'name TEXT NOT NULL, provider_name TEXT, admin_email TEXT, ns_servers TEXT NOT NULL, hypervisors TEXT NOT NULL, contract_id TEXT',
  ),
  table(
    'client',
    `name TEXT NOT NULL, name_folded TEXT NOT NULL, created_at INTEGER, partner_id TEXT, partner_name TEXT, contract_id TEXT, projects INTEGER,
    internet_mbit REAL, lan_mbit REAL, payment_model TEXT, payment_methods TEXT NOT NULL, billing_enabled INTEGER, hypervisors TEXT NOT NULL,
    contacts TEXT NOT NULL`,
  ),
  table(
    'contract',
    `name TEXT NOT NULL, name_folded TEXT NOT NULL, created_at INTEGER, balance_minor INTEGER, currency TEXT, plan_id TEXT, plan_name TEXT,
    left_id TEXT, left_name TEXT, left_entity TEXT, right_id TEXT, right_name TEXT, right_entity TEXT, inactive INTEGER, is_new INTEGER`,
  ),
  table('tariff_plan', 'name TEXT NOT NULL, name_folded TEXT NOT NULL, created_at INTEGER, contracts INTEGER'),
  table('project', 'name TEXT NOT NULL, client_id TEXT, locked INTEGER'),
  table('vdc', 'name TEXT NOT NULL, created_at INTEGER, project_id TEXT, hypervisor_id TEXT, hypervisor_name TEXT, hypervisor_type TEXT'),
  table(
    'server',
    `name TEXT NOT NULL, name_folded TEXT NOT NULL, hostname TEXT, created_at INTEGER, vdc_id TEXT, cpu REAL, ram_gb REAL, power INTEGER,
    locked INTEGER, template_name TEXT`,
  ),
  table(
    'disk',
    `name TEXT NOT NULL, vdc_id TEXT, server_id TEXT, size_gb REAL, is_root INTEGER, storage_profile_id TEXT, storage_profile_name TEXT,
    billing_class_id TEXT`,
  ),
  table('network', 'name TEXT NOT NULL, vdc_id TEXT'),
  table('router', 'name TEXT NOT NULL, vdc_id TEXT'),
  table('port', 'vdc_id TEXT, type TEXT, ip TEXT, external INTEGER NOT NULL'),
  table('storage_profile', 'name TEXT NOT NULL, billing_class_id TEXT, billing_class_name TEXT, measure TEXT'),
  table(
    'account',
    `login TEXT NOT NULL, login_folded TEXT NOT NULL, username TEXT, email TEXT, phone TEXT, domain TEXT, created_at INTEGER, active INTEGER,
    blocked INTEGER, objects TEXT NOT NULL`,
  ),
]

const indexes = `
CREATE INDEX client_by_name ON client (connection_id, name_folded, id);
CREATE INDEX client_by_created ON client (connection_id, created_at, id);
CREATE INDEX client_by_partner ON client (connection_id, partner_id);
CREATE INDEX client_by_contract ON client (connection_id, contract_id);
CREATE INDEX contract_by_balance ON contract (connection_id, balance_minor, id);
CREATE INDEX contract_by_plan ON contract (connection_id, plan_id);
CREATE INDEX contract_by_right ON contract (connection_id, right_id);
CREATE INDEX project_by_client ON project (connection_id, client_id);
CREATE INDEX vdc_by_project ON vdc (connection_id, project_id);
CREATE INDEX server_by_vdc ON server (connection_id, vdc_id);
CREATE INDEX disk_by_vdc ON disk (connection_id, vdc_id);
CREATE INDEX disk_by_server ON disk (connection_id, server_id);
CREATE INDEX network_by_vdc ON network (connection_id, vdc_id);
CREATE INDEX router_by_vdc ON router (connection_id, vdc_id);
CREATE INDEX port_by_vdc ON port (connection_id, vdc_id) WHERE external = 1;
CREATE INDEX account_by_login ON account (connection_id, login_folded, id);
CREATE INDEX account_by_created ON account (connection_id, created_at, id);
CREATE INDEX account_unsaid ON account (connection_id) WHERE objects = 'null' AND coalesce(active, 1) = 1 AND coalesce(blocked, 0) = 0;`

const around = `
CREATE TABLE dataset_state (
  connection_id TEXT NOT NULL, dataset TEXT NOT NULL, walk INTEGER NOT NULL DEFAULT 0, cursor TEXT, running INTEGER NOT NULL DEFAULT 0,
  started_at INTEGER, done INTEGER NOT NULL DEFAULT 0, total INTEGER, first_total INTEGER, as_of INTEGER, complete INTEGER NOT NULL DEFAULT 0,
  rows INTEGER NOT NULL DEFAULT 0, unreadable INTEGER NOT NULL DEFAULT 0, error TEXT, offered INTEGER NOT NULL DEFAULT 1, next_at INTEGER,
  failures INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0, pages INTEGER NOT NULL DEFAULT 0,
  inserts INTEGER NOT NULL DEFAULT 0, confirms INTEGER, confirms_at INTEGER, suspect INTEGER NOT NULL DEFAULT 0, counted_as_of INTEGER,
  mark_walk INTEGER, mark_total INTEGER,
  PRIMARY KEY (connection_id, dataset)
) STRICT;
CREATE VIRTUAL TABLE search_trigram USING fts5 (folded, tokenize = 'trigram', content = '', contentless_delete = 1, detail = 'full');
CREATE VIRTUAL TABLE search_pair USING fts5 (pairs, tokenize = 'unicode61', content = '', contentless_delete = 1, detail = 'none');
INSERT INTO search_trigram (search_trigram, rank) VALUES ('deletemerge', 0), ('automerge', 8);
INSERT INTO search_pair (search_pair, rank) VALUES ('deletemerge', 0), ('automerge', 8);
CREATE TABLE search_row (
  rowid INTEGER PRIMARY KEY, kind TEXT NOT NULL, connection_id TEXT NOT NULL, id TEXT NOT NULL, client_id TEXT, folded TEXT NOT NULL
) STRICT;
CREATE TABLE change_spool (
  sync_id TEXT NOT NULL, seq INTEGER NOT NULL, connection_id TEXT NOT NULL, dataset TEXT NOT NULL, entity_id TEXT NOT NULL, client_id TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('added','changed','removed')), changes TEXT NOT NULL, since INTEGER, at INTEGER NOT NULL,
  PRIMARY KEY (sync_id, seq)
) STRICT;`

/** A new encrypted file with the tables and the pragmas of the cache, opened straight with the driver. */
export const openBaseline = (path: string, key: string): Database.Database => {
  const db = new Database(path)
  db.pragma("cipher = 'sqlcipher'")
  db.pragma('legacy = 4')
  db.pragma(`key = "x'${key}'"`)
  db.pragma('temp_store = MEMORY')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('cache_size = -64000')
  db.pragma('journal_size_limit = 67108864')
  db.pragma('wal_autocheckpoint = 3000')
  db.exec([...entities, indexes, around].join('\n'))
  return db
}
