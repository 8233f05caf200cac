import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { basename } from 'node:path'
import { PAGE } from '../../sealed-page'
import { moveInto } from './files'
import { storageFailure } from './storage-error'
import { damagedPages } from './verify'

const PIECE = 1_000_000
/** What waits to be written out holds up everybody else's commits: so it never becomes much. */
const SYNCED_EVERY = 4_000_000

/** Copies a file from its beginning to its end. Where somebody writes to it meanwhile, their pages are to be copied again. */
export const copyWhole = (from: string, to: string): void => {
  withBoth({ from, to, flags: 'w' }, (source, target) => {
    const piece = Buffer.alloc(PIECE)
    for (let at = 0, since = 0; ;) {
      const length = readSync(source, piece, 0, PIECE, at)
      if (length === 0) break
      writeAll(target, piece.subarray(0, length), at)
      at += length
      since += length
      if (since < SYNCED_EVERY) continue
      fdatasyncSync(target)
      since = 0
    }
    fdatasyncSync(target)
  })
}

/** Copies these pages once more, and makes the copy as long as the file is now. */
export const copyPages = (from: string, to: string, pages: readonly number[]): void => {
  withBoth({ from, to, flags: 'r+' }, (source, target) => {
    const page = Buffer.alloc(PAGE)
    for (const number of pages) {
      const length = readSync(source, page, 0, PAGE, (number - 1) * PAGE)
      writeAll(target, page.subarray(0, length), (number - 1) * PAGE)
    }
    ftruncateSync(target, fstatSync(source).size)
  })
}

/** Reads a finished copy through, and gives it its name: whoever finds the name finds a whole file. @throws AppError `storage`, damaged. */
export const keepCopy = ({ part, target, key }: { part: string; target: string; key: string }): void => {
  if (damagedPages({ path: part, key }).length > 0) throw storageFailure('damaged', 'the copy is damaged', { file: basename(target) })
  moveInto(part, target)
}

/** A full disk may take a part of a piece before it refuses the rest. */
const writeAll = (target: number, bytes: Buffer, at: number): void => {
  for (let done = 0; done < bytes.length;) done += writeSync(target, bytes, done, bytes.length - done, at + done)
}

const withBoth = (files: { from: string; to: string; flags: string }, work: (source: number, target: number) => void): void => {
  const source = openSync(files.from, 'r')
  try {
    const target = openSync(files.to, files.flags, 0o600)
    try {
      work(source, target)
    } finally {
      closeSync(target)
    }
  } finally {
    closeSync(source)
  }
}
