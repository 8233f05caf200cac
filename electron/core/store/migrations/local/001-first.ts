/** local.db, step 1: what cannot be read from any platform again. Backed up daily. */
export const sql = `
CREATE TABLE connection (
  id TEXT PRIMARY KEY, platform TEXT NOT NULL, name TEXT NOT NULL, base_url TEXT NOT NULL, utc_offset_minutes INTEGER NOT NULL, color TEXT NOT NULL,
  demo INTEGER NOT NULL, account_id TEXT, account_login TEXT, account_name TEXT, state TEXT NOT NULL CHECK (state IN ('active','token-rejected')),
  ca_pem TEXT, client_cert_pem TEXT, proxy_url TEXT,
  secrets TEXT,                          -- token and client key as JSON, wrapped by the system's secret store; never plain
  capabilities TEXT,                     -- Capabilities as JSON, from the last probe
  probed_at INTEGER, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE preference (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE saved_view (id TEXT PRIMARY KEY, name TEXT NOT NULL, query TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;

-- Commands on their way to a platform. Rows leave the view when 'done', and are kept a while for the journal.
CREATE TABLE outbox (
  id TEXT PRIMARY KEY, connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  kind TEXT NOT NULL, client_id TEXT NOT NULL,
  note_uid TEXT NOT NULL,                -- stable id of the note that it is about
  note_id TEXT,                          -- the platform's id, once known
  mine TEXT NOT NULL, base TEXT, theirs TEXT,
  state TEXT NOT NULL CHECK (state IN ('pending','sending','unknown','conflict','blocked','rejected','done','dropped')),
  attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER, first_sent_at INTEGER, last_sent_at INTEGER,
  error TEXT, seq INTEGER NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, answer TEXT
) STRICT;
CREATE INDEX outbox_open ON outbox (connection_id, state, seq);
CREATE INDEX outbox_by_note ON outbox (connection_id, note_uid, seq);
-- A note made here keeps its uid when the platform gives it an id.
CREATE TABLE note_identity (
  connection_id TEXT NOT NULL, uid TEXT NOT NULL, remote_id TEXT NOT NULL,
  PRIMARY KEY (connection_id, uid), UNIQUE (connection_id, remote_id)
) STRICT;
-- Notes of connections whose platform has no notes: complete here.
CREATE TABLE local_note (
  connection_id TEXT NOT NULL, uid TEXT NOT NULL, client_id TEXT NOT NULL, text TEXT NOT NULL, alert_at INTEGER, confirmed INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL, modified_at INTEGER, PRIMARY KEY (connection_id, uid)
) STRICT;

-- One row for each alert moment that was fired, opened or snoozed. Written before anything is shown.
CREATE TABLE alert_state (
  connection_id TEXT NOT NULL, note_uid TEXT NOT NULL, alert_at INTEGER NOT NULL,
  natural_key TEXT NOT NULL,             -- client, text and moment, hashed: the same alert under another id
  fired_at INTEGER, opened_at INTEGER, snoozed_until INTEGER, done_at INTEGER,
  PRIMARY KEY (connection_id, note_uid, alert_at)
) STRICT;
CREATE INDEX alert_by_natural_key ON alert_state (connection_id, natural_key);

-- The dashboard's own history: one point at each complete sync.
CREATE TABLE sample (
  connection_id TEXT NOT NULL, at INTEGER NOT NULL, clients INTEGER NOT NULL, servers INTEGER NOT NULL, cpu REAL NOT NULL, ram_gb REAL NOT NULL,
  volume_gb REAL NOT NULL, disk_gb TEXT NOT NULL, ip INTEGER NOT NULL, networks INTEGER NOT NULL, routers INTEGER NOT NULL,
  negative_clients INTEGER NOT NULL, PRIMARY KEY (connection_id, at)
) STRICT;

CREATE TABLE change_log (
  sync_id TEXT NOT NULL, seq INTEGER NOT NULL, connection_id TEXT NOT NULL, dataset TEXT NOT NULL, entity_id TEXT NOT NULL, client_id TEXT,
  kind TEXT NOT NULL, changes TEXT NOT NULL, since INTEGER, at INTEGER NOT NULL, PRIMARY KEY (sync_id, seq)
) STRICT;
CREATE INDEX change_by_client ON change_log (connection_id, client_id, at);
CREATE TABLE action_log (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, connection_id TEXT, action TEXT NOT NULL, subject TEXT, details TEXT NOT NULL
) STRICT;
`
