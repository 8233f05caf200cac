/** cache.db, step 7: a row of one client's list that cannot be read is kept like those of whole lists, under its client. */
export const sql = `
ALTER TABLE unreadable RENAME TO unreadable_before;
CREATE TABLE unreadable (
  connection_id TEXT NOT NULL, dataset TEXT NOT NULL,
  owner_id TEXT NOT NULL,               -- '' = of a whole list; otherwise of that client's or partner's own
  walk INTEGER NOT NULL, number INTEGER NOT NULL,
  row_id TEXT, name TEXT, field TEXT, why TEXT NOT NULL, raw TEXT NOT NULL,
  PRIMARY KEY (connection_id, dataset, owner_id, walk, number)
) STRICT;
INSERT INTO unreadable SELECT connection_id, dataset, '', walk, number, row_id, name, field, why, raw FROM unreadable_before;
DROP TABLE unreadable_before;

ALTER TABLE owner_state ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;   -- rows of the last reading that could not be read
CREATE INDEX owner_state_unread ON owner_state (connection_id, dataset, unread) WHERE unread > 0;
ALTER TABLE dataset_state DROP COLUMN tried_at;
`
