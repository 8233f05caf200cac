/** A chart over months reads three numbers of each sample: from an index of their own, not from rows that carry the disks too. */
export const sql = `CREATE INDEX sample_figures ON sample (connection_id, at, cpu, ram_gb);`
