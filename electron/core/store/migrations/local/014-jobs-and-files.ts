/** local.db, step 14: long work and the files that are kept of it. A finished batch is seen once, as a finished job is. */
export const sql = `
CREATE TABLE job (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, connection_id TEXT,
  input TEXT NOT NULL,
  state TEXT NOT NULL,                   -- waiting, running, done, failed, cancelled, interrupted
  result TEXT, error TEXT, started_at INTEGER NOT NULL, ended_at INTEGER, seen_at INTEGER
) STRICT;
CREATE INDEX job_by_start ON job (started_at);
CREATE TABLE kept_file (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, connection_id TEXT,
  size INTEGER NOT NULL, sha256 TEXT NOT NULL, rows INTEGER NOT NULL, remarks TEXT NOT NULL,
  as_of INTEGER, made_at INTEGER NOT NULL, kept_until INTEGER NOT NULL,
  state TEXT NOT NULL                    -- whole, missing, damaged
) STRICT;
CREATE INDEX kept_file_by_day ON kept_file (made_at);
ALTER TABLE batch ADD COLUMN seen_at INTEGER;
UPDATE batch SET seen_at = updated_at;
`
