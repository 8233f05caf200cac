/**
 * A sample tells its figures by hypervisor too (JSON, id → figures; null = taken before that was kept), and a figure that
 * was not known when it was taken is null.
 */
export const sql = `
CREATE TABLE sample_next (
  connection_id TEXT NOT NULL, at INTEGER NOT NULL, clients INTEGER, servers INTEGER, cpu REAL, ram_gb REAL, volume_gb REAL, disk_gb TEXT,
  ip INTEGER, networks INTEGER, routers INTEGER, negative_clients INTEGER, hypervisors TEXT, PRIMARY KEY (connection_id, at)
) STRICT;
INSERT INTO sample_next SELECT connection_id, at, clients, servers, cpu, ram_gb, volume_gb, disk_gb, ip, networks, routers, negative_clients, NULL FROM sample;
DROP TABLE sample;
ALTER TABLE sample_next RENAME TO sample;
CREATE INDEX sample_figures ON sample (connection_id, at, cpu, ram_gb);
CREATE INDEX sample_hypervisors ON sample (connection_id, at) WHERE hypervisors IS NOT NULL;
`
