/** cache.db, step 2: daily charges of the clients that were looked at, so that they can be read again without a network. */
export const sql = `
CREATE TABLE client_day (
  connection_id TEXT NOT NULL, client_id TEXT NOT NULL, at INTEGER NOT NULL, charged_minor INTEGER, currency TEXT,
  PRIMARY KEY (connection_id, client_id, at)
) STRICT;
CREATE TABLE client_day_state (
  connection_id TEXT NOT NULL, client_id TEXT NOT NULL, as_of INTEGER NOT NULL,
  PRIMARY KEY (connection_id, client_id)
) STRICT;
`
