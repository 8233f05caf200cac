import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, fstatSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { moveInto } from '../store/files'
import { storageFailure, storageReason } from '../store/storage-error'

/**
 * A kept file on the disk: a head (mark, salt), then the content in pieces, each sealed by itself with AES-256-GCM. The key
 * is the file's own, made of the workspace's key, its salt and its id. A piece's nonce is its number and whether it is the
 * last one: pieces that were left out, put elsewhere or cut off at the end do not open, nor does another file in its place.
 */
const MARK = Buffer.from('PCKF1\0\0\0')
const SALT = 32
const HEAD = MARK.length + SALT
const PIECE = 64 * 1024
const TAG = 16

export interface SealedPlace {
  path: string
  /** The workspace's key, 64 hex digits. */
  key: string
  id: string
}
export interface SealedWriter {
  write(text: string): void
  /** Ends it, has it on the disk and puts it in its place. */
  finish(): { size: number; sha256: string }
  /** Leaves nothing behind. */
  abort(): void
}

const keyOf = ({ key, id }: SealedPlace, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(key, 'hex'), salt, `partner-console kept file ${id}`, 32))

const nonceOf = (number: number, last: boolean): Buffer => {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(number, 4)
  nonce.writeUInt8(last ? 1 : 0, 11)
  return nonce
}

const unfinished = (path: string): string => `${path}.part`

/** Writes piece by piece: no more of the content than one piece is in memory. */
export const writeSealed = (place: SealedPlace): SealedWriter => {
  const part = unfinished(place.path)
  const salt = randomBytes(SALT)
  const by = keyOf(place, salt)
  const handle = openSync(part, 'w', 0o600)
  const hash = createHash('sha256')
  let waiting: Buffer[] = []
  let held = 0
  let size = 0
  let number = 0
  let open = true
  const close = (): void => {
    if (open) closeSync(handle)
    open = false
  }
  const seal = (piece: Buffer, last: boolean): void => {
    // Nothing is written before somebody holds what can give it up.
    if (number === 0) writeWhole(handle, Buffer.concat([MARK, salt]))
    const cipher = createCipheriv('aes-256-gcm', by, nonceOf(number++, last)).setAAD(MARK)
    writeWhole(handle, Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]))
  }
  return {
    write: (text) => {
      const bytes = Buffer.from(text, 'utf8')
      hash.update(bytes)
      size += bytes.length
      waiting.push(bytes)
      held += bytes.length
      if (held <= PIECE) return
      const all = Buffer.concat(waiting)
      let at = 0
      // The last piece is kept back: only its end says that it is the last.
      for (; all.length - at > PIECE; at += PIECE) seal(all.subarray(at, at + PIECE), false)
      waiting = [all.subarray(at)]
      held = all.length - at
    },
    finish: () => {
      seal(Buffer.concat(waiting), true)
      fsyncSync(handle)
      close()
      moveInto(part, place.path)
      return { size, sha256: hash.digest('hex') }
    },
    abort: () => {
      close()
      rmSync(part, { force: true })
    },
  }
}

const writeWhole = (handle: number, bytes: Buffer): void => {
  for (let at = 0; at < bytes.length; at += writeSync(handle, bytes, at));
}

/** @throws AppError `storage`: `kept-missing`, or `kept-damaged` where a piece is not as it was written. */
export function* readSealed(place: SealedPlace): Generator<Buffer> {
  const handle = opened(place.path)
  try {
    const head = Buffer.alloc(HEAD)
    if (readFully(handle, head, 0) < HEAD || !head.subarray(0, MARK.length).equals(MARK)) throw damaged(place)
    const by = keyOf(place, head.subarray(MARK.length))
    const length = fstatSync(handle).size
    const chunk = Buffer.alloc(PIECE + TAG)
    for (let at = HEAD, number = 0; ; number++) {
      const read = readFully(handle, chunk, at)
      at += read
      yield opening(place, { by, number, last: at >= length, piece: chunk.subarray(0, read) })
      if (at >= length) return
    }
  } finally {
    closeSync(handle)
  }
}

const opened = (path: string): number => {
  try {
    return openSync(path, 'r')
  } catch (error) {
    throw storageFailure('kept-missing', 'the kept file is not there', {}, error)
  }
}
const damaged = ({ id }: SealedPlace, cause?: unknown) => storageFailure('kept-damaged', 'the kept file is damaged', { file: id }, cause)

const readFully = (handle: number, into: Buffer, at: number): number => {
  let length = 0
  for (;;) {
    const read = readSync(handle, into, length, into.length - length, at + length)
    length += read
    if (read === 0 || length === into.length) return length
  }
}

const opening = (place: SealedPlace, { by, number, last, piece }: { by: Buffer; number: number; last: boolean; piece: Buffer }): Buffer => {
  try {
    const body = piece.subarray(0, -TAG)
    const decipher = createDecipheriv('aes-256-gcm', by, nonceOf(number, last)).setAAD(MARK).setAuthTag(piece.subarray(-TAG))
    return Buffer.concat([decipher.update(body), decipher.final()])
  } catch (error) {
    throw damaged(place, error)
  }
}

/** The content piece by piece, held to its row: the last piece is only given where the whole is what was once written. */
export function* readKept(place: SealedPlace, row: { sha256: string }): Generator<Buffer> {
  const hash = createHash('sha256')
  let held: Buffer | null = null
  for (const piece of readSealed(place)) {
    hash.update(piece)
    if (held !== null) yield held
    held = piece
  }
  if (hash.digest('hex') !== row.sha256) throw damaged(place)
  if (held !== null) yield held
}

/** What an error says about the kept file that was read; null = nothing. */
export const keptState = (error: unknown): 'missing' | 'damaged' | null => {
  const reason = storageReason(error)
  if (reason === 'kept-missing') return 'missing'
  return reason === 'kept-damaged' ? 'damaged' : null
}
