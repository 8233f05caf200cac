/** local.db, step 11: sets of limits of the person's own, by name. */
export const sql = `
CREATE TABLE limit_template (
  id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, contents TEXT NOT NULL, created_at INTEGER NOT NULL
) STRICT;
`
