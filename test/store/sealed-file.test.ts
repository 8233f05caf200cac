import fc from 'fast-check'
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unfinishedPlain, writePlain } from '../../electron/core/files/plain-file'
import { keptState, readKept, readSealed, writeSealed } from '../../electron/core/files/sealed-file'

const PIECE = 64 * 1024
const HEAD = 40
const key = '5a'.repeat(32)
let folder: string
const placeOf = (id: string) => ({ path: join(folder, `${id}.kept`), key, id })
const write = (id: string, ...texts: string[]) => {
  const writer = writeSealed(placeOf(id))
  for (const text of texts) writer.write(text)
  return writer.finish()
}
const read = (id: string, by = key): string => Buffer.concat([...readSealed({ ...placeOf(id), key: by })]).toString('utf8')
const stateOf = (work: () => unknown): string | null => {
  try {
    work()
    return 'read'
  } catch (error) {
    return keptState(error)
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-sealed-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('a kept file', () => {
  it('gives back what was written, in pieces of any size', () => {
    const text = fc
      .tuple(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.integer({ min: 0, max: 20_000 }))
      .map(([one, times]) => one.repeat(times))
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
        const { size, sha256 } = write('a', ...texts)
        expect(size).toBe(Buffer.byteLength(texts.join('')))
        expect(read('a')).toBe(texts.join(''))
        expect(Buffer.concat([...readKept(placeOf('a'), { sha256 })]).toString('utf8')).toBe(texts.join(''))
      }),
      { numRuns: 25, interruptAfterTimeLimit: 8_000 },
    )
  })

  it.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])('of %i bytes is read back whole', (length) => {
    write('a', 'x'.repeat(length))
    expect(read('a')).toHaveLength(length)
  })

  it('holds nothing of its content in plain, nor does the unfinished one, and is read by its owner alone', () => {
    const writer = writeSealed(placeOf('a'))
    writer.write('Канарейка'.repeat(20_000))
    expect(readdirSync(folder)).toEqual(['a.kept.part'])
    expect(readFileSync(join(folder, 'a.kept.part')).includes('Канарейка')).toBe(false)
    expect(statSync(join(folder, 'a.kept.part')).mode & 0o077).toBe(0)
    writer.finish()
    expect(readdirSync(folder)).toEqual(['a.kept'])
    expect(readFileSync(join(folder, 'a.kept')).includes('Канарейка')).toBe(false)
  })

  it('that is given up leaves nothing', () => {
    const writer = writeSealed(placeOf('a'))
    writer.write('x'.repeat(PIECE * 2))
    writer.abort()
    expect(readdirSync(folder)).toEqual([])
  })

  it('with a byte turned, anywhere, is damaged', () => {
    write('a', 'x'.repeat(PIECE + 500))
    const whole = readFileSync(placeOf('a').path)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const bytes = Buffer.from(whole)
        bytes[at] = (bytes[at] ?? 0) ^ by
        writeFileSync(placeOf('a').path, bytes)
        expect(stateOf(() => read('a'))).toBe('damaged')
      }),
      { numRuns: 200 },
    )
  })

  it('cut off, lengthened, or with its pieces changed about is damaged; a piece that was left out too', () => {
    write('a', 'a'.repeat(PIECE) + 'b'.repeat(PIECE) + 'c'.repeat(100))
    const whole = readFileSync(placeOf('a').path)
    const pieces = [0, 1, 2].map((n) => whole.subarray(HEAD + n * (PIECE + 16), HEAD + (n + 1) * (PIECE + 16)))
    const [first, second, last] = pieces as [Buffer, Buffer, Buffer]
    const head = whole.subarray(0, HEAD)
    const others = [
      [head, first],
      [head, first, second],
      [head, second, first, last],
      [head, first, last],
      [head, first, second, last, last],
      [head],
      [],
    ]
    for (const parts of others) {
      writeFileSync(placeOf('a').path, Buffer.concat(parts))
      expect(stateOf(() => read('a'))).toBe('damaged')
    }
    writeFileSync(placeOf('a').path, whole)
    expect(stateOf(() => read('a'))).toBe('read')
  })

  it('is no other: under another id, another key or another row it does not open', () => {
    write('a', 'one')
    write('b', 'two')
    expect(stateOf(() => read('a', 'a5'.repeat(32)))).toBe('damaged')
    expect(stateOf(() => [...readKept(placeOf('a'), { sha256: '00'.repeat(32) })])).toBe('damaged')
    renameSync(placeOf('b').path, placeOf('a').path)
    expect(stateOf(() => read('a'))).toBe('damaged')
    expect(stateOf(() => read('b'))).toBe('missing')
  })

  it('of 200 MB is written and read with little of it in memory at once', () => {
    const text = 'строка выгрузки;1234,56;RUB\r\n'.repeat(2000)
    const count = Math.ceil(200_000_000 / Buffer.byteLength(text))
    const before = process.memoryUsage.rss()
    let most = 0
    const look = (): void => void (most = Math.max(most, process.memoryUsage.rss() - before))
    const writer = writeSealed(placeOf('a'))
    for (let n = 0; n < count; n++) {
      writer.write(text)
      if (n % 50 === 0) look()
    }
    const { size, sha256 } = writer.finish()
    let read = 0
    for (const piece of readKept(placeOf('a'), { sha256 })) {
      read += piece.length
      if (read % (PIECE * 50) < PIECE) look()
    }
    expect(read).toBe(size)
    expect(size).toBeGreaterThan(200_000_000)
    expect(most).toBeLessThan(120_000_000)
  })
})

it.runIf(existsSync('/dev/full'))('a disk that is full is told as that, and nothing half-written stays', () => {
  symlinkSync('/dev/full', join(folder, 'a.kept.part'))
  const sealed = writeSealed(placeOf('a'))
  expect(() => {
    sealed.write('x'.repeat(PIECE * 2))
  }).toThrow(/ENOSPC/)
  sealed.abort()
  symlinkSync('/dev/full', unfinishedPlain(join(folder, 'out.csv'), 'job'))
  const plain = writePlain(join(folder, 'out.csv'), 'job')
  expect(() => {
    plain.write('x')
  }).toThrow(expect.objectContaining({ code: 'disk-full' }))
  plain.abort()
  expect(readdirSync(folder)).toEqual([])
})
