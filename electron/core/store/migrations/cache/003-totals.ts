/**
 * cache.db, step 3: what the dashboard shows of a whole connection, kept at each sync as the clients' own aggregates are.
 * Filled from what is there: a program that was brought forward may be offline for long.
 */
export const sql = `
CREATE TABLE hypervisor_usage (
  connection_id TEXT NOT NULL, hypervisor_id TEXT NOT NULL, hypervisor_name TEXT NOT NULL, hypervisor_type TEXT,
  servers INTEGER NOT NULL, cpu REAL NOT NULL, ram_gb REAL NOT NULL, disks INTEGER NOT NULL, volume_gb REAL NOT NULL,
  ip INTEGER NOT NULL, networks INTEGER NOT NULL, routers INTEGER NOT NULL,
  PRIMARY KEY (connection_id, hypervisor_id)
) STRICT;
INSERT INTO hypervisor_usage
  SELECT connection_id, hypervisor_id, max(hypervisor_name), max(hypervisor_type), sum(servers), sum(cpu), sum(ram_gb), sum(disks),
    sum(volume_gb), sum(ip), sum(networks), sum(routers)
  FROM client_usage GROUP BY connection_id, hypervisor_id;

-- Debts: how many clients stand behind negative balances of one currency, and the balances' sum, each contract once.
CREATE TABLE debt (
  connection_id TEXT NOT NULL, currency TEXT NOT NULL, minor INTEGER NOT NULL, clients INTEGER NOT NULL,
  PRIMARY KEY (connection_id, currency)
) STRICT;
INSERT INTO debt
  SELECT k.connection_id, k.currency, sum(k.balance_minor),
    sum((SELECT count(*) FROM client c WHERE c.connection_id = k.connection_id AND c.contract_id = k.id))
  FROM contract k WHERE k.balance_minor < 0 AND k.currency IS NOT NULL
    AND EXISTS (SELECT 1 FROM client c WHERE c.connection_id = k.connection_id AND c.contract_id = k.id)
  GROUP BY k.connection_id, k.currency;
`
