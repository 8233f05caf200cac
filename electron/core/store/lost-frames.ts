import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { PAGE } from '../../sealed-page'
import { sizeOf } from './files'
import type { Db } from './sql'

const HEADER = 32
const FRAME_HEADER = 24
const FRAME = FRAME_HEADER + PAGE

/**
 * Whether the log of a file that was just opened holds commits behind the place where SQLite took it for ended: then a
 * frame before them is damaged, and what was folded already may be newer than what the log still says. What a broken-off
 * transaction leaves behind has no commit in it.
 */
export const losesFrames = (db: Db, path: string): boolean => {
  const wal = `${path}-wal`
  if (sizeOf(wal) <= HEADER) return false
  const [result] = db.pragma('wal_checkpoint(PASSIVE)') as { log: number }[]
  const handle = openSync(wal, 'r')
  try {
    const header = Buffer.alloc(HEADER)
    if (readSync(handle, header, 0, HEADER, 0) < HEADER || !isWhole(header)) return true
    const salts = header.subarray(16, 24)
    const frame = Buffer.alloc(FRAME_HEADER)
    const { size } = fstatSync(handle)
    for (let at = HEADER + Math.max(0, result?.log ?? 0) * FRAME; at + FRAME <= size; at += FRAME) {
      readSync(handle, frame, 0, FRAME_HEADER, at)
      if (frame.readUInt32BE(4) !== 0 && frame.subarray(8, 16).equals(salts)) return true
    }
    return false
  } finally {
    closeSync(handle)
  }
}

/** The header's own checksum, as SQLite computes it: in the byte order that its first number names. */
const isWhole = (header: Buffer): boolean => {
  const bigEndian = (header.readUInt32BE(0) & 1) === 1
  const word = (at: number): number => (bigEndian ? header.readUInt32BE(at) : header.readUInt32LE(at))
  let [first, second] = [0, 0]
  for (let at = 0; at < 24; at += 8) {
    first = (first + word(at) + second) >>> 0
    second = (second + word(at + 4) + first) >>> 0
  }
  return first === header.readUInt32BE(24) && second === header.readUInt32BE(28)
}
