/**
 * cache.db, step 1: what was read from the platforms. It can always be rebuilt from them.
 *
 * Every entity table: (connection_id, id) is the key; `extra` keeps unknown fields as JSON; `hash` tells a changed row
 * from an unchanged one without comparing columns; `walk` is the last walk that saw the row, so that a complete walk
 * can remove what it did not see. Times are UTC ms, money is minor units with its currency.
 */
const entity = (name: string, columns: string): string => `
CREATE TABLE ${name} (
  connection_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ${columns},
  extra TEXT NOT NULL DEFAULT '{}',
  hash TEXT NOT NULL,
  walk INTEGER NOT NULL,
  PRIMARY KEY (connection_id, id)
) STRICT;`

export const sql = [
  entity(
    'partner',
    'name TEXT NOT NULL, provider_name TEXT, admin_email TEXT, ns_servers TEXT NOT NULL, hypervisors TEXT NOT NULL, contract_id TEXT',
  ),
  entity(
    'client',
    `name TEXT NOT NULL, name_folded TEXT NOT NULL, created_at INTEGER, partner_id TEXT, partner_name TEXT, contract_id TEXT, projects INTEGER,
  internet_mbit REAL, lan_mbit REAL, payment_model TEXT, payment_methods TEXT NOT NULL, billing_enabled INTEGER, hypervisors TEXT NOT NULL, contacts TEXT NOT NULL`,
  ),
  entity(
    'contract',
    `name TEXT NOT NULL, name_folded TEXT NOT NULL, created_at INTEGER, balance_minor INTEGER, currency TEXT, plan_id TEXT, plan_name TEXT,
  left_id TEXT, left_name TEXT, left_entity TEXT, right_id TEXT, right_name TEXT, right_entity TEXT, inactive INTEGER, is_new INTEGER`,
  ),
  entity('tariff_plan', 'name TEXT NOT NULL, name_folded TEXT NOT NULL, created_at INTEGER, contracts INTEGER'),
  entity('project', 'name TEXT NOT NULL, client_id TEXT, locked INTEGER'),
  entity('vdc', 'name TEXT NOT NULL, created_at INTEGER, project_id TEXT, hypervisor_id TEXT, hypervisor_name TEXT, hypervisor_type TEXT'),
  entity(
    'server',
    'name TEXT NOT NULL, name_folded TEXT NOT NULL, hostname TEXT, created_at INTEGER, vdc_id TEXT, cpu REAL, ram_gb REAL, power INTEGER, locked INTEGER, template_name TEXT',
  ),
  entity(
    'disk',
    'name TEXT NOT NULL, vdc_id TEXT, server_id TEXT, size_gb REAL, is_root INTEGER, storage_profile_id TEXT, storage_profile_name TEXT, billing_class_id TEXT',
  ),
  entity('network', 'name TEXT NOT NULL, vdc_id TEXT'),
  entity('router', 'name TEXT NOT NULL, vdc_id TEXT'),
  entity('port', 'vdc_id TEXT, type TEXT, ip TEXT, external INTEGER NOT NULL'),
  entity('storage_profile', 'name TEXT NOT NULL, billing_class_id TEXT, billing_class_name TEXT, measure TEXT'),
  entity(
    'account',
    'login TEXT NOT NULL, login_folded TEXT NOT NULL, username TEXT, email TEXT, phone TEXT, domain TEXT, created_at INTEGER, active INTEGER, blocked INTEGER, objects TEXT NOT NULL',
  ),
  entity(
    'note',
    `client_id TEXT NOT NULL, created_at INTEGER, modified_at INTEGER, author_id TEXT, author_name TEXT, text TEXT NOT NULL, alert_at INTEGER,
  confirmed INTEGER NOT NULL, system INTEGER NOT NULL`,
  ),
  entity(
    'client_limit',
    `owner TEXT NOT NULL CHECK (owner IN ('client','partner')), owner_id TEXT NOT NULL, hypervisor_id TEXT NOT NULL, hypervisor_name TEXT NOT NULL,
  hypervisor_type TEXT, type TEXT, type_code TEXT NOT NULL, value REAL NOT NULL`,
  ),
  entity(
    'statistic',
    `at INTEGER NOT NULL, resolution TEXT NOT NULL, clients REAL, servers REAL, cpu REAL, ram_gb REAL, volume_gb REAL, disk_gb TEXT NOT NULL, ip REAL,
  networks REAL, routers REAL, charged_minor INTEGER, currency TEXT`,
  ),
  `
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
CREATE INDEX note_by_client ON note (connection_id, client_id, created_at);
CREATE INDEX note_by_alert ON note (alert_at) WHERE alert_at IS NOT NULL;
CREATE INDEX limit_by_owner ON client_limit (connection_id, owner, owner_id);
CREATE INDEX statistic_by_time ON statistic (connection_id, resolution, at);

-- Where each walk stands. One row a dataset, and one per owner for datasets read per client or partner.
CREATE TABLE dataset_state (
  connection_id TEXT NOT NULL,
  dataset TEXT NOT NULL,
  walk INTEGER NOT NULL DEFAULT 0,      -- number of the running or last walk
  cursor TEXT,                          -- next page of an unfinished walk
  running INTEGER NOT NULL DEFAULT 0,   -- a walk was begun and has not ended
  started_at INTEGER,                   -- server time of the walk's first page
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  first_total INTEGER,                  -- total on the first page: drift means walking again
  as_of INTEGER,                        -- started_at of the last complete walk
  complete INTEGER NOT NULL DEFAULT 0,
  rows INTEGER NOT NULL DEFAULT 0,
  unreadable INTEGER NOT NULL DEFAULT 0,
  error TEXT,                           -- AppErrorData of the last failed walk
  PRIMARY KEY (connection_id, dataset)
) STRICT;
CREATE TABLE owner_state (
  connection_id TEXT NOT NULL,
  dataset TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  as_of INTEGER,
  error TEXT,
  PRIMARY KEY (connection_id, dataset, owner_id)
) STRICT;
CREATE TABLE unreadable (
  connection_id TEXT NOT NULL, dataset TEXT NOT NULL, why TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (connection_id, dataset, why)
) STRICT;

-- Aggregates kept at sync: what lists and the dashboard read instead of grouping.
CREATE TABLE client_usage (
  connection_id TEXT NOT NULL, client_id TEXT NOT NULL, hypervisor_id TEXT NOT NULL, hypervisor_name TEXT NOT NULL, hypervisor_type TEXT,
  servers INTEGER NOT NULL, cpu REAL NOT NULL, ram_gb REAL NOT NULL, disks INTEGER NOT NULL, volume_gb REAL NOT NULL,
  ip INTEGER NOT NULL, networks INTEGER NOT NULL, routers INTEGER NOT NULL,
  PRIMARY KEY (connection_id, client_id, hypervisor_id)
) STRICT;
CREATE TABLE disk_usage (
  connection_id TEXT NOT NULL, hypervisor_id TEXT NOT NULL, billing_class_id TEXT NOT NULL, name TEXT NOT NULL, volume_gb REAL NOT NULL,
  PRIMARY KEY (connection_id, hypervisor_id, billing_class_id)
) STRICT;
-- One row a client: everything the clients list sorts by or shows.
CREATE TABLE client_summary (
  connection_id TEXT NOT NULL, client_id TEXT NOT NULL,
  servers INTEGER NOT NULL DEFAULT 0, cpu REAL NOT NULL DEFAULT 0, ram_gb REAL NOT NULL DEFAULT 0, disks INTEGER NOT NULL DEFAULT 0,
  volume_gb REAL NOT NULL DEFAULT 0, unmanaged INTEGER, notes INTEGER NOT NULL DEFAULT 0,
  limits INTEGER NOT NULL DEFAULT 0, limits_at INTEGER,
  tight_hypervisor_id TEXT, tight_hypervisor_name TEXT, tight_type TEXT, tight_use REAL, tight_limit REAL, tight_share REAL, tight_state TEXT,
  PRIMARY KEY (connection_id, client_id)
) STRICT;
CREATE INDEX summary_by_share ON client_summary (connection_id, tight_share);

-- Search: trigrams for three letters and more, pairs for two, first letters of words for one.
CREATE VIRTUAL TABLE search_trigram USING fts5 (folded, tokenize = 'trigram', content = '', contentless_delete = 1, detail = 'full');
CREATE VIRTUAL TABLE search_pair USING fts5 (pairs, tokenize = 'unicode61', content = '', contentless_delete = 1, detail = 'none');
-- By default a tenth of deleted entries makes FTS5 merge whole segments at one stretch (half a second seen, and a fifth of the speed).
INSERT INTO search_trigram (search_trigram, rank) VALUES ('deletemerge', 0), ('automerge', 8);
INSERT INTO search_pair (search_pair, rank) VALUES ('deletemerge', 0), ('automerge', 8);
-- Its rowid is the entity's own times eight plus a number for the kind: an index over random ids would double the pages written.
CREATE TABLE search_row (
  rowid INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, connection_id TEXT NOT NULL, id TEXT NOT NULL, client_id TEXT, folded TEXT NOT NULL
) STRICT;

-- Changes that a pull saw, waiting to be moved to change_log in local.db (unique by sync, seq).
CREATE TABLE change_spool (
  sync_id TEXT NOT NULL, seq INTEGER NOT NULL, connection_id TEXT NOT NULL, dataset TEXT NOT NULL, entity_id TEXT NOT NULL, client_id TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('added','changed','removed')), changes TEXT NOT NULL, since INTEGER, at INTEGER NOT NULL,
  PRIMARY KEY (sync_id, seq)
) STRICT;
`,
].join('\n')
