/**
 * One setting stood for two things. Billing days stay where they were; the times that a platform writes without a zone are
 * UTC unless a person says otherwise. The demo platform writes the zone that its connection was made with.
 */
export const sql = `
  ALTER TABLE connection ADD COLUMN billing_offset_minutes INTEGER NOT NULL DEFAULT 180;
  UPDATE connection SET billing_offset_minutes = utc_offset_minutes;
  UPDATE connection SET utc_offset_minutes = 0 WHERE demo = 0;
`
