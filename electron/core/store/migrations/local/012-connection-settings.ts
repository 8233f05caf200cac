/** What a platform needs to be reached differs from platform to platform: one document each, not columns for all. */
export const sql = `
  ALTER TABLE connection ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
  UPDATE connection SET settings = json_object('platform', platform, 'baseUrl', base_url, 'utcOffsetMinutes', utc_offset_minutes,
    'caPem', ca_pem, 'clientCertPem', client_cert_pem, 'proxyUrl', proxy_url, 'profile', NULL);
  ALTER TABLE connection DROP COLUMN base_url;
  ALTER TABLE connection DROP COLUMN utc_offset_minutes;
  ALTER TABLE connection DROP COLUMN ca_pem;
  ALTER TABLE connection DROP COLUMN client_cert_pem;
  ALTER TABLE connection DROP COLUMN proxy_url;
`
