/**
 * cache.db, step 6: figures change in the transaction that changes their rows. They stand on one row for each VDC, which
 * is always counted from the rows themselves; clients, hypervisors and debts change by the difference of old and new.
 * Filled from what is there: a program that was brought forward may be offline for long.
 */
const figures = `servers INTEGER NOT NULL, cpu REAL NOT NULL, ram_gb REAL NOT NULL, disks INTEGER NOT NULL, volume_gb REAL NOT NULL,
  ip INTEGER NOT NULL, networks INTEGER NOT NULL, routers INTEGER NOT NULL`

const named = (table: string, condition = '1'): string =>
  `SELECT connection_id, coalesce(vdc_id, '') vdc_id FROM ${table} WHERE ${condition}`

const tables = `
DROP TABLE client_usage;
DROP TABLE hypervisor_usage;
DROP TABLE disk_usage;
DROP TABLE debt;

-- One row for each VDC that any row names; '' = rows that name none. '' as client = none that is known.
CREATE TABLE vdc_usage (
  connection_id TEXT NOT NULL, vdc_id TEXT NOT NULL, hypervisor_id TEXT NOT NULL, hypervisor_name TEXT NOT NULL, hypervisor_type TEXT,
  client_id TEXT NOT NULL,
  told_client_id TEXT,                  -- whose it was by its project when that was last known: removals are told under it
  ${figures},
  PRIMARY KEY (connection_id, vdc_id)
) STRICT;
CREATE INDEX vdc_usage_by_client ON vdc_usage (connection_id, client_id, hypervisor_id, hypervisor_name, hypervisor_type);
CREATE INDEX vdc_usage_by_hypervisor ON vdc_usage (connection_id, hypervisor_id, hypervisor_name, hypervisor_type);
CREATE TABLE vdc_disk (
  connection_id TEXT NOT NULL, vdc_id TEXT NOT NULL, storage_profile_id TEXT NOT NULL, billing_class_id TEXT NOT NULL, name TEXT NOT NULL,
  disks INTEGER NOT NULL, volume_gb REAL NOT NULL,
  PRIMARY KEY (connection_id, vdc_id, storage_profile_id, billing_class_id, name)
) STRICT;
CREATE TABLE client_usage (
  connection_id TEXT NOT NULL, client_id TEXT NOT NULL, hypervisor_id TEXT NOT NULL, hypervisor_name TEXT NOT NULL, hypervisor_type TEXT,
  vdcs INTEGER NOT NULL, ${figures},
  PRIMARY KEY (connection_id, client_id, hypervisor_id)
) STRICT;
CREATE TABLE hypervisor_usage (
  connection_id TEXT NOT NULL, hypervisor_id TEXT NOT NULL, hypervisor_name TEXT NOT NULL, hypervisor_type TEXT,
  vdcs INTEGER NOT NULL, ${figures},
  PRIMARY KEY (connection_id, hypervisor_id)
) STRICT;
CREATE TABLE disk_usage (
  connection_id TEXT NOT NULL, hypervisor_id TEXT NOT NULL, storage_profile_id TEXT NOT NULL, billing_class_id TEXT NOT NULL, name TEXT NOT NULL,
  disks INTEGER NOT NULL, volume_gb REAL NOT NULL,
  PRIMARY KEY (connection_id, hypervisor_id, storage_profile_id, billing_class_id, name)
) STRICT;

-- Contracts below zero that a client stands behind, and their sums by currency: a contract that two clients share is one balance.
CREATE TABLE contract_debt (
  connection_id TEXT NOT NULL, contract_id TEXT NOT NULL, currency TEXT NOT NULL, minor INTEGER NOT NULL, clients INTEGER NOT NULL,
  PRIMARY KEY (connection_id, contract_id)
) STRICT;
CREATE TABLE debt (
  connection_id TEXT NOT NULL, currency TEXT NOT NULL, contracts INTEGER NOT NULL, minor INTEGER NOT NULL, clients INTEGER NOT NULL,
  PRIMARY KEY (connection_id, currency)
) STRICT;

-- Who may do what, one row for each access object of an account.
CREATE TABLE account_access (
  connection_id TEXT NOT NULL, account_id TEXT NOT NULL, entity TEXT NOT NULL, entity_id TEXT NOT NULL, role TEXT NOT NULL,
  PRIMARY KEY (connection_id, account_id, entity, entity_id, role)
) STRICT;
CREATE INDEX access_by_entity ON account_access (connection_id, entity, entity_id);
-- Accounts that can sign in and whose access the platform did not say.
CREATE INDEX account_unsaid ON account (connection_id) WHERE objects = 'null' AND coalesce(active, 1) = 1 AND coalesce(blocked, 0) = 0;

-- What waits to be counted again: single ones, or everything, which is due while lists are read for the first time.
CREATE TABLE stale (
  number INTEGER PRIMARY KEY, connection_id TEXT NOT NULL,
  touched TEXT NOT NULL                 -- [[kind, id], …], as many as are counted at one stretch
) STRICT;
CREATE INDEX stale_by_connection ON stale (connection_id);
CREATE TABLE recount (
  connection_id TEXT NOT NULL PRIMARY KEY,
  phase TEXT NOT NULL CHECK (phase IN ('due', 'vdcs', 'contracts', 'clients', 'rest')),
  after TEXT,                           -- the last one counted of this phase; null = none yet
  datasets TEXT NOT NULL DEFAULT '[]',  -- what had been read whole when this counting began
  again INTEGER NOT NULL DEFAULT 0      -- rows of a first reading came meanwhile: everything is due once more
) STRICT;
DELETE FROM dataset_state WHERE dataset = 'aggregates';`

const fill = `
INSERT INTO vdc_usage
  WITH named AS (${[named('server'), named('disk'), named('network'), named('router'), named('port', 'external = 1')].join(' UNION ')}
    UNION SELECT connection_id, id FROM vdc),
  s AS (SELECT connection_id, coalesce(vdc_id, '') vdc_id, count(*) servers, total(cpu) cpu, total(ram_gb) ram_gb FROM server GROUP BY 1, 2),
  d AS (SELECT connection_id, coalesce(vdc_id, '') vdc_id, count(*) disks, total(size_gb) volume_gb FROM disk GROUP BY 1, 2),
  p AS (SELECT connection_id, vdc_id, count(*) ip FROM (${named('port', 'external = 1')}) GROUP BY 1, 2),
  n AS (SELECT connection_id, vdc_id, count(*) networks FROM (${named('network')}) GROUP BY 1, 2),
  r AS (SELECT connection_id, vdc_id, count(*) routers FROM (${named('router')}) GROUP BY 1, 2)
  SELECT named.connection_id, named.vdc_id, coalesce(v.hypervisor_id, ''), coalesce(v.hypervisor_name, ''), v.hypervisor_type,
    coalesce(c.id, ''), o.client_id, ifnull(servers, 0), round(ifnull(cpu, 0), 6), round(ifnull(ram_gb, 0), 6), ifnull(disks, 0),
    round(ifnull(volume_gb, 0), 6), ifnull(ip, 0), ifnull(networks, 0), ifnull(routers, 0)
  FROM named
    LEFT JOIN vdc v ON v.connection_id = named.connection_id AND v.id = named.vdc_id
    LEFT JOIN project o ON o.connection_id = v.connection_id AND o.id = v.project_id
    LEFT JOIN client c ON c.connection_id = o.connection_id AND c.id = o.client_id
    LEFT JOIN s USING (connection_id, vdc_id) LEFT JOIN d USING (connection_id, vdc_id) LEFT JOIN p USING (connection_id, vdc_id)
    LEFT JOIN n USING (connection_id, vdc_id) LEFT JOIN r USING (connection_id, vdc_id);
INSERT INTO vdc_disk
  SELECT connection_id, coalesce(vdc_id, ''), coalesce(storage_profile_id, ''), coalesce(billing_class_id, storage_profile_id, ''),
    coalesce(storage_profile_name, ''), count(*), round(total(size_gb), 6) FROM disk GROUP BY 1, 2, 3, 4, 5;
INSERT INTO client_usage
  SELECT connection_id, client_id, hypervisor_id, max(hypervisor_name), max(hypervisor_type), count(*), sum(servers), round(sum(cpu), 6),
    round(sum(ram_gb), 6), sum(disks), round(sum(volume_gb), 6), sum(ip), sum(networks), sum(routers)
  FROM vdc_usage GROUP BY connection_id, client_id, hypervisor_id;
INSERT INTO hypervisor_usage
  SELECT connection_id, hypervisor_id, max(hypervisor_name), max(hypervisor_type), sum(vdcs), sum(servers), round(sum(cpu), 6),
    round(sum(ram_gb), 6), sum(disks), round(sum(volume_gb), 6), sum(ip), sum(networks), sum(routers)
  FROM client_usage GROUP BY connection_id, hypervisor_id;
INSERT INTO disk_usage
  SELECT d.connection_id, v.hypervisor_id, d.storage_profile_id, d.billing_class_id, d.name, sum(d.disks), round(sum(d.volume_gb), 6)
  FROM vdc_disk d JOIN vdc_usage v ON v.connection_id = d.connection_id AND v.vdc_id = d.vdc_id GROUP BY 1, 2, 3, 4, 5;
INSERT INTO contract_debt
  SELECT k.connection_id, k.id, k.currency, k.balance_minor, count(*) FROM contract k
    JOIN client c ON c.connection_id = k.connection_id AND c.contract_id = k.id
  WHERE k.balance_minor < 0 AND k.currency IS NOT NULL GROUP BY k.connection_id, k.id;
INSERT INTO debt SELECT connection_id, currency, count(*), sum(minor), sum(clients) FROM contract_debt GROUP BY connection_id, currency;
INSERT OR IGNORE INTO account_access
  SELECT a.connection_id, a.id, o.value ->> '$.entity', o.value ->> '$.id', o.value ->> '$.role' FROM account a, json_each(a.objects) o;
-- What a summary says besides is counted again with its client: at the next start, in slices.
INSERT INTO recount (connection_id, phase) SELECT DISTINCT connection_id, 'clients' FROM dataset_state;`

export const sql = tables + fill
