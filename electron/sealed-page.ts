import { createHmac, pbkdf2Sync } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'

/** How a page of the store's files is sealed: the core checks pages by it, the shell whether a key is the right one. */
export const PAGE = 4096
const SALT = 16
const SEAL = 64

/** SQLCipher 4 seals each page with an HMAC over its bytes and its number, by a key made from the file's key and salt. */
export const sealKey = (firstPage: Buffer, key: string): Buffer =>
  pbkdf2Sync(
    Buffer.from(key, 'hex'),
    firstPage.subarray(0, SALT).map((byte) => byte ^ 0x3a),
    2,
    32,
    'sha512',
  )

export const isSealed = (page: Buffer, number: number, by: Buffer): boolean => {
  if (page.length < PAGE) return false
  const place = Buffer.alloc(4)
  place.writeUInt32LE(number)
  const body = page.subarray(number === 1 ? SALT : 0, PAGE - SEAL)
  return createHmac('sha512', by)
    .update(body)
    .update(place)
    .digest()
    .equals(page.subarray(PAGE - SEAL))
}

/** Whether a key is a file's: its first page says so. */
export const keyFits = (path: string, key: string): boolean => {
  const handle = openSync(path, 'r')
  try {
    const page = Buffer.alloc(PAGE)
    return readSync(handle, page, 0, PAGE, 0) === PAGE && isSealed(page, 1, sealKey(page, key))
  } finally {
    closeSync(handle)
  }
}
