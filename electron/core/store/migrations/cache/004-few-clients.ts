/** cache.db, step 4: the few clients that somebody must look at are counted on the dashboard without reading the many. */
export const sql = `
CREATE INDEX summary_unmanaged ON client_summary (connection_id) WHERE unmanaged = 1;
CREATE INDEX summary_pressed ON client_summary (connection_id, tight_state) WHERE tight_state IN ('near', 'reached', 'over');
`
