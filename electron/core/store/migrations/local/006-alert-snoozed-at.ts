/**
 * When a snooze was given: a clock that was ahead then and is right now must not make it a day longer. That an alert is done
 * is said by its note alone; the mark that was kept beside it outlived a confirmation that was taken back.
 */
export const sql = `
ALTER TABLE alert_state ADD COLUMN snoozed_at INTEGER;
ALTER TABLE alert_state DROP COLUMN done_at;
`
