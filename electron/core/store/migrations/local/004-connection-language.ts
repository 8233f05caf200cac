/** What a platform says in words stays in the language in which it was connected: otherwise a switch would look like a change of every row. */
export const sql = `ALTER TABLE connection ADD COLUMN language TEXT NOT NULL DEFAULT 'ru' CHECK (language IN ('ru', 'en'));`
