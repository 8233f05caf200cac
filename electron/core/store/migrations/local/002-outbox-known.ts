/**
 * local.db, step 2: the ids of a client's notes that were there before a note was first sent. What is among them cannot be
 * ours, whatever the two clocks say: this is how "created since the first send" is told when an outcome is unknown.
 */
export const sql = `
ALTER TABLE outbox ADD COLUMN known TEXT;
`
