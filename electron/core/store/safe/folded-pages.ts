import { closeSync, openSync, readSync } from 'node:fs'
import { PAGE } from '../../../sealed-page'
import { sizeOf } from '../files'

const HEADER = 32
const FRAME_HEADER = 24
const FRAME = FRAME_HEADER + PAGE

/** Which pages a write-ahead log holds: those that the next fold writes into the file. */
export const pagesInLog = (wal: string): number[] => {
  if (sizeOf(wal) <= HEADER) return []
  const handle = openSync(wal, 'r')
  try {
    const pages = new Set<number>()
    const frame = Buffer.alloc(FRAME_HEADER)
    for (let at = HEADER; readSync(handle, frame, 0, FRAME_HEADER, at) === FRAME_HEADER; at += FRAME) pages.add(frame.readUInt32BE(0))
    pages.delete(0)
    return [...pages]
  } finally {
    closeSync(handle)
  }
}
