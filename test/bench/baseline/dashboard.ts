import type Database from 'better-sqlite3'

/** What the dashboard would cost without kept aggregates: every server and disk grouped on the spot. */
export const baselineGroupBy = (db: Database.Database): (() => number) => {
  const of = (table: string, figures: string) =>
    db.prepare(
      `SELECT v.hypervisor_id, count(*) n, ${figures} FROM ${table} x JOIN vdc v ON v.connection_id = x.connection_id AND v.id = x.vdc_id
       WHERE x.connection_id = 'c1' GROUP BY 1`,
    )
  const [servers, disks] = [of('server', 'sum(x.cpu), sum(x.ram_gb)'), of('disk', 'sum(x.size_gb)')]
  const count = (rows: unknown[]): number => rows.reduce<number>((sum, row) => sum + (row as { n: number }).n, 0)
  return () => count(servers.all()) + count(disks.all())
}
