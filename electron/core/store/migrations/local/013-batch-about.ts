/** local.db, step 13: what a batch was made of (the rules, as JSON), for its page; batches that still have something to send, by index. */
export const sql = `
ALTER TABLE batch ADD COLUMN about TEXT;
CREATE INDEX command_open_batch ON command (batch_id, state) WHERE is_open = 1 AND batch_id IS NOT NULL;
`
