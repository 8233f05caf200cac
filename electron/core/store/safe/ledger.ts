import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import type { Acknowledged } from '../sql'

/** The last commit of local.db, as it is remembered outside of it. */
export interface LastCommit {
  count: number
  at: number
  /** What a person did lately, oldest first: what a loss or a backup may lack is named by it. */
  recent: (Acknowledged & { count: number; at: number })[]
}
export interface Ledger {
  /** null = there is none, or none that can be read. */
  read(): LastCommit | null
  write(last: LastCommit): void
  close(): void
}

const SLOT = 16_384
/** As earlier versions wrote it. */
const EARLIER_SLOT = 4096
const NONCE = 12
const TAG = 16
const HEAD = NONCE + TAG + 2
export const MOST_RECENT = 24
const MOST_LETTERS = 60

/**
 * A small file beside the database, encrypted by a key that follows from its key. It has two places and writes them in
 * turn, so that a torn write leaves the one before. It is not synced: what it must outlive is the program, and after a
 * power cut an older one says less, never anything wrong.
 */
export const openLedger = (file: string, databaseKey: string): Ledger => {
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(databaseKey, 'hex'), '', 'partner-console commits', 32))
  const handle = openSync(file, existsSync(file) ? 'r+' : 'w+', 0o600)
  const slot = fstatSync(handle).size === 2 * EARLIER_SLOT ? EARLIER_SLOT : SLOT
  const found = [0, 1].map((place) => open(handle, key, { place, slot })).sort((a, b) => (b?.turn ?? -1) - (a?.turn ?? -1))[0] ?? null
  let turn = found?.turn ?? 0
  return {
    read: () => found,
    write: (last) => {
      turn++
      const recent = last.recent.map((it) => ({ ...it, text: it.text.slice(0, MOST_LETTERS) }))
      try {
        writeSync(handle, seal(key, JSON.stringify({ ...last, recent, turn })), 0, SLOT, (turn % 2) * SLOT)
      } catch {
        // The commit itself is on the disk: that its count could not be remembered is no reason to call it failed.
      }
    },
    close: () => {
      closeSync(handle)
    },
  }
}

const seal = (key: Buffer, text: string): Buffer => {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const slot = Buffer.alloc(SLOT)
  Buffer.concat([nonce, cipher.getAuthTag()]).copy(slot)
  slot.writeUInt16LE(body.length, NONCE + TAG)
  body.copy(slot, HEAD)
  return slot
}

const open = (
  handle: number,
  key: Buffer,
  { place, slot: size }: { place: number; slot: number },
): (LastCommit & { turn: number }) | null => {
  try {
    const slot = Buffer.alloc(size)
    if (readSync(handle, slot, 0, size, place * size) < size) return null
    const decipher = createDecipheriv('aes-256-gcm', key, slot.subarray(0, NONCE)).setAuthTag(slot.subarray(NONCE, NONCE + TAG))
    const body = slot.subarray(HEAD, HEAD + slot.readUInt16LE(NONCE + TAG))
    return JSON.parse(Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')) as LastCommit & { turn: number }
  } catch {
    return null
  }
}

/** What a ledger says, where there is one: nothing is made or changed. */
export const readLedger = (file: string, databaseKey: string): LastCommit | null => {
  if (!existsSync(file)) return null
  const ledger = openLedger(file, databaseKey)
  try {
    return ledger.read()
  } finally {
    ledger.close()
  }
}

/** What a person did after so many commits, as far as it is known. */
export const recentAfter = (known: LastCommit | null, count: number): (Acknowledged & { at: number })[] =>
  (known?.recent ?? []).filter((one) => one.count > count).map(({ kind, text, at }) => ({ kind, text, at }))
