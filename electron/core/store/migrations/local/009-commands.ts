/**
 * local.db, step 9: commands of every kind. A command is about a subject (dataset and a name of our own, with the
 * platform's id once there is one); its payload has a version of its own; the states have no CHECK, so that a new one
 * rebuilds no table. What waits is found by index: `due_at` (0 = as soon as may be) among those that may go, an earlier
 * one of the same subject, an earlier one that could not be told from it (`hold_key`). Notes that wait are taken over
 * under payload version 0: the first start computes their `hold_key`, which needs more than SQL.
 */
export const sql = `
CREATE TABLE command (
  id TEXT PRIMARY KEY, connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  kind TEXT NOT NULL, subject_kind TEXT NOT NULL, subject_uid TEXT NOT NULL, subject_id TEXT, client_id TEXT,
  payload TEXT NOT NULL, payload_version INTEGER NOT NULL, base TEXT, theirs TEXT,
  evidence TEXT,                         -- what was known before the first send, for a look back
  answer TEXT,                           -- the platform's answer, stored before it is applied to the cache
  job TEXT,                              -- the platform's job that carries it out
  batch_id TEXT,
  mutex TEXT NOT NULL,                   -- commands with the same one are never under way together
  hold_key TEXT,
  state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL DEFAULT 0,
  waits_from INTEGER NOT NULL DEFAULT 0, -- when due_at was written: no wait becomes longer than it was then
  settles_at INTEGER,                    -- unknown outcome: until then the platform may still be carrying it out
  check_at INTEGER,                      -- done: when to look whether it still stands
  first_sent_at INTEGER, last_sent_at INTEGER, error TEXT, seq INTEGER NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  is_open INTEGER NOT NULL GENERATED ALWAYS AS (state NOT IN ('done', 'dropped')) VIRTUAL,
  is_active INTEGER NOT NULL GENERATED ALWAYS AS (state IN ('pending', 'unknown', 'running') OR (state = 'sending' AND answer IS NOT NULL)) VIRTUAL
) STRICT;
INSERT INTO command (id, connection_id, kind, subject_kind, subject_uid, subject_id, client_id, payload, payload_version, base, theirs, evidence, answer,
    mutex, state, attempts, due_at, waits_from, settles_at, check_at, first_sent_at, last_sent_at, error, seq, created_at, updated_at)
  SELECT id, connection_id, kind, 'notes', note_uid, note_id, client_id, mine, 0, base, theirs, known, answer,
    'notes ' || client_id, state, attempts, ifnull(next_at, 0), updated_at,
    CASE WHEN state = 'unknown' THEN last_sent_at + 31000 END,
    CASE WHEN state = 'done' AND kind <> 'note.create' AND answer IS NOT NULL AND updated_at >= unixepoch() * 1000 - 600000 THEN updated_at END,
    first_sent_at, last_sent_at, error, seq, created_at, updated_at
  FROM outbox;
DROP TABLE outbox;
CREATE INDEX command_due ON command (connection_id, due_at, seq) WHERE is_active = 1;
CREATE INDEX command_lane ON command (connection_id, subject_kind, subject_uid, seq);
CREATE INDEX command_open_lane ON command (connection_id, subject_kind, subject_uid, seq) WHERE is_open = 1;
CREATE INDEX command_hold ON command (connection_id, hold_key, seq) WHERE is_open = 1 AND hold_key IS NOT NULL;
CREATE INDEX command_open ON command (connection_id, subject_kind, client_id, seq) WHERE is_open = 1;
CREATE INDEX command_state ON command (state, connection_id, updated_at);
CREATE INDEX command_mutex ON command (connection_id, mutex, seq) WHERE is_open = 1;
CREATE INDEX command_check ON command (connection_id, check_at) WHERE check_at IS NOT NULL;
CREATE INDEX command_batch ON command (batch_id, seq) WHERE batch_id IS NOT NULL;
`
