/** local.db, step 10: a batch owns many commands (`command.batch_id`): one change of many subjects, begun, ended and taken back as one. */
export const sql = `
CREATE TABLE batch (
  id TEXT PRIMARY KEY, connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  kind TEXT NOT NULL, words TEXT NOT NULL,
  state TEXT NOT NULL,                   -- preparing, first, stopped, all, cancelled
  first INTEGER NOT NULL,                -- so many commands go first, and the rest when they are done
  undo_of TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX batch_by_state ON batch (state, created_at);
`
