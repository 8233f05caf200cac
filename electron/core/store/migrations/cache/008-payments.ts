/**
 * cache.db, step 8: payments, the first list that only grows. Its state keeps how far down it is known, so that a reading
 * that was cut off leaves no gap behind.
 */
export const sql = `
CREATE TABLE payment (
  connection_id TEXT NOT NULL, id TEXT NOT NULL,
  created_at INTEGER, transaction_text TEXT, amount_minor INTEGER, currency TEXT, contract_id TEXT, contract_name TEXT, method TEXT, status TEXT,
  extra TEXT NOT NULL DEFAULT '{}', hash TEXT NOT NULL, walk INTEGER NOT NULL,
  PRIMARY KEY (connection_id, id)
) STRICT;
CREATE INDEX payment_by_created ON payment (connection_id, created_at, id);
CREATE INDEX payment_by_amount ON payment (connection_id, amount_minor, id);
CREATE INDEX payment_by_contract ON payment (connection_id, contract_id, created_at);

ALTER TABLE dataset_state ADD COLUMN mark_walk INTEGER;    -- number of the last walk that reached what was known before
ALTER TABLE dataset_state ADD COLUMN mark_total INTEGER;   -- the platform's total at its begin
`
