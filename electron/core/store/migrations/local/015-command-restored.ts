/**
 * local.db, step 15: since when a command stands in a copy of an earlier moment. It may have been carried out since that
 * copy was made: it is looked for, and never sent by itself.
 */
export const sql = `
ALTER TABLE command ADD COLUMN restored_at INTEGER;
`
