import { setTimeout as sleep } from 'node:timers/promises'

const LOOK_EVERY_MS = 25

/** Looks until there is something to see; fails by name when it takes too long. There is no other waiting in these tests. */
export const until = async <T>(
  what: string,
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  limitMs = 20_000,
): Promise<T> => {
  const end = Date.now() + limitMs
  for (;;) {
    const seen = await look()
    if (seen !== null && seen !== undefined && seen !== false) return seen
    if (Date.now() > end) throw new Error(`waited ${limitMs} ms in vain for ${what}`)
    await sleep(LOOK_EVERY_MS)
  }
}
