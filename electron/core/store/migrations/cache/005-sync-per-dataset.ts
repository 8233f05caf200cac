/**
 * cache.db, step 5: every dataset is synced on its own. Each has its due time, back-off and the state of its walk on disk;
 * what could not be read is kept row by row, with its id and name, as the sync page shows it.
 */
export const sql = `
ALTER TABLE dataset_state ADD COLUMN offered INTEGER NOT NULL DEFAULT 1;     -- 0: this deployment does not offer it; error says why
ALTER TABLE dataset_state ADD COLUMN next_at INTEGER;                        -- our clock: when it is due; null = at once
ALTER TABLE dataset_state ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;    -- failed attempts in a row
ALTER TABLE dataset_state ADD COLUMN tried_at INTEGER;                       -- our clock: when the last attempt began
ALTER TABLE dataset_state ADD COLUMN unchanged INTEGER NOT NULL DEFAULT 0;   -- complete walks in a row that changed nothing
ALTER TABLE dataset_state ADD COLUMN pages INTEGER NOT NULL DEFAULT 0;       -- pages of the running or last walk
ALTER TABLE dataset_state ADD COLUMN inserts INTEGER NOT NULL DEFAULT 0;     -- rows that came meanwhile, by the totals of that walk
ALTER TABLE dataset_state ADD COLUMN confirms INTEGER;                       -- number of the walk that the running one confirms
ALTER TABLE dataset_state ADD COLUMN confirms_at INTEGER;                    -- server time of that walk's first page
ALTER TABLE dataset_state ADD COLUMN suspect INTEGER NOT NULL DEFAULT 0;     -- rows that would go, while a second walk is awaited
-- As of when the figures kept beside the rows were computed: never newer than what they were computed from.
ALTER TABLE dataset_state ADD COLUMN counted_as_of INTEGER;
UPDATE dataset_state SET counted_as_of = as_of;

DROP TABLE unreadable;
CREATE TABLE unreadable (
  connection_id TEXT NOT NULL, dataset TEXT NOT NULL, walk INTEGER NOT NULL, number INTEGER NOT NULL,
  row_id TEXT, name TEXT, field TEXT, why TEXT NOT NULL, raw TEXT NOT NULL,
  PRIMARY KEY (connection_id, dataset, walk, number)
) STRICT;
`
