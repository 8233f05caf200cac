/**
 * cache.db, step 9: tickets and events; users sorted by when they registered and found by their e-mail too. Their rows are
 * written again at the next walk, which gives each its new search text.
 */
export const sql = `
CREATE TABLE ticket (
  connection_id TEXT NOT NULL, id TEXT NOT NULL,
  created_at INTEGER, modified_at INTEGER, topic TEXT, topic_text TEXT, text TEXT, account_id TEXT, account_name TEXT,
  project_id TEXT, project_name TEXT, contacts TEXT, attachments TEXT NOT NULL,
  extra TEXT NOT NULL DEFAULT '{}', hash TEXT NOT NULL, walk INTEGER NOT NULL,
  PRIMARY KEY (connection_id, id)
) STRICT;
CREATE INDEX ticket_by_created ON ticket (connection_id, created_at, id);
CREATE INDEX ticket_by_topic ON ticket (connection_id, topic, created_at);
CREATE INDEX ticket_by_account ON ticket (connection_id, account_name, id);
CREATE INDEX ticket_by_project ON ticket (connection_id, project_id);

CREATE TABLE event (
  connection_id TEXT NOT NULL, id TEXT NOT NULL,
  created_at INTEGER, account_id TEXT, account_name TEXT, action TEXT, object_kind TEXT, object_id TEXT, object_name TEXT, text TEXT,
  extra TEXT NOT NULL DEFAULT '{}', hash TEXT NOT NULL, walk INTEGER NOT NULL,
  PRIMARY KEY (connection_id, id)
) STRICT;
CREATE INDEX event_by_created ON event (connection_id, created_at, id);
CREATE INDEX event_by_account ON event (connection_id, account_id, created_at);
CREATE INDEX event_by_action ON event (connection_id, action, created_at);

CREATE INDEX account_by_login ON account (connection_id, login_folded, id);
CREATE INDEX account_by_created ON account (connection_id, created_at, id);
UPDATE account SET hash = '';
`
