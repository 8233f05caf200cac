import { describe, expect, it } from 'vitest'
import { redact } from '../../electron/shell/log/redaction'

const secrets: [string, string][] = [
  ['Authorization: Bearer abc.def-123456', 'abc.def-123456'],
  ["headers: { authorization: 'Token 9f8e7d6c5b4a' }", '9f8e7d6c5b4a'],
  ["{ token: 'pk_live_1234567890' }", 'pk_live_1234567890'],
  ['{"password":"correct horse"}', 'correct'],
  ['https://user:hunter2@cloud.example/v1', 'hunter2'],
  ['wrote to ivan.petrov@romashka.example today', 'ivan.petrov'],
  ['клиент почта@пример.рф ответил', 'почта@'],
  ['звонить +7 (912) 345-67-89', '345-67-89'],
  ['phone 89123456789 end', '89123456789'],
  ['phone +79123456789', '9123456789'],
  [`key ${'ab12'.repeat(16)}`, 'ab12ab12'],
  ['-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----', 'MIIE'],
  ['databaseKey=0011', '0011'],
]

describe('the log', () => {
  it.each(secrets)('keeps no secret of %j', (text, secret) => {
    expect(redact(text)).not.toContain(secret)
  })

  it.each([
    'synced 12345 rows in 678 ms',
    'http 503 from cloud.example:443',
    'core ended by itself (1)',
    'at 2026-01-01T10:20:30.456Z',
    'client 8c1f0a2e-1b2c-4d5e-9f00-112233445566',
  ])('still says %j', (text) => expect(redact(text)).toBe(text))
})
