/**
 * local.db, step 5: how many commits it has had, so that a start can tell that the last ones are missing; and what a person
 * has to be told about the files, kept until it was read.
 */
export const sql = `
CREATE TABLE commit_count (one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
INSERT INTO commit_count VALUES (1, 0, 0);
CREATE TABLE notice (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, details TEXT NOT NULL) STRICT;
`
