import { createHash } from 'node:crypto'

/** Letters that nobody mistakes for another when they are written down (Crockford's). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const KEY_BYTES = 32
const CHECK_BYTES = 2
const GROUP = 5

const checksum = (key: Buffer): Buffer =>
  createHash('sha256').update('partner-console recovery').update(key).digest().subarray(0, CHECK_BYTES)

/** The key of the local store, for paper: eleven groups of five, the last of which catch a slip of the pen. */
export const encodeRecoveryCode = (keyHex: string): string => {
  const key = Buffer.from(keyHex, 'hex')
  const bits = [...key, ...checksum(key)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const letters = (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '').join('')
  return (letters.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join('-')
}

const lettersOf = (code: string): string => code.toUpperCase().replace(/[\s-]/g, '')

/** The key in a code that a person typed; null = there is a slip in it. */
export const decodeRecoveryCode = (code: string): string | null => {
  const letters = lettersOf(code).replace(/O/g, '0').replace(/[IL]/g, '1')
  const values = [...letters].map((letter) => alphabet.indexOf(letter))
  if (values.includes(-1) || values.length !== Math.ceil(((KEY_BYTES + CHECK_BYTES) * 8) / 5)) return null
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('')
  const bytes = Buffer.from((bits.slice(0, (KEY_BYTES + CHECK_BYTES) * 8).match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const key = bytes.subarray(0, KEY_BYTES).toString('hex')
  // Compared as a whole and not by the checksum alone: the last letter ends in bits that carry nothing, and a slip there is one too.
  return lettersOf(encodeRecoveryCode(key)) === letters ? key : null
}
