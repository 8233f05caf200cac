import { describe, expect, it } from 'vitest'
import { compare } from '../../electron/core/commands/compare'
import { readBack } from '../../electron/core/commands/kinds/note-read-back'
import { outcomeOfFailedRead, outcomeOfFailure, undecided } from '../../electron/core/commands/outcome'
import type { Note } from '../../shared/domain/entities'
import { lookAlikeKey, sameButForMarks, sameNatural, sameNote, type NoteFields } from '../../shared/domain/note-rules'
import { AppError, errorCodes, type ErrorCode } from '../../shared/errors'

describe('what a failed request proves', () => {
  // What was written · the same request had it only read.
  const table: Record<ErrorCode, [string, string]> = {
    dns: ['retry', 'retry'],
    refused: ['retry', 'retry'],
    locked: ['retry', 'retry'],
    'rate-limited': ['retry', 'retry'],
    tls: ['unknown', 'retry'],
    offline: ['unknown', 'retry'],
    unauthorized: ['unauthorized', 'unauthorized'],
    'invalid-input': ['rejected', 'rejected'],
    'not-found': ['rejected', 'rejected'],
    forbidden: ['rejected', 'retry'],
    rejected: ['rejected', 'rejected'],
    'not-offered': ['rejected', 'rejected'],
    timeout: ['unknown', 'retry'],
    'platform-error': ['unknown', 'retry'],
    'bad-answer': ['unknown', 'retry'],
    'needs-connection': ['unknown', 'retry'],
    blocked: ['unknown', 'retry'],
    storage: ['unknown', 'retry'],
    'disk-full': ['unknown', 'retry'],
    cancelled: ['unknown', 'retry'],
    internal: ['unknown', 'retry'],
  }
  it.each(errorCodes)('%s', (code) => {
    const error = new AppError(code, 'x')
    expect([outcomeOfFailure(error).kind, outcomeOfFailedRead(error).kind]).toEqual(table[code])
  })

  it.each([
    ['offline', 'EHOSTUNREACH', 'retry'],
    ['offline', 'ENETDOWN', 'retry'],
    ['offline', 'ECONNRESET', 'unknown'],
    ['offline', 'EPIPE', 'unknown'],
    ['tls', 'CERT_HAS_EXPIRED', 'retry'],
    ['tls', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'retry'],
    ['tls', 'ERR_SSL_WRONG_VERSION_NUMBER', 'unknown'],
  ] as const)('%s by %s: %s', (code, reason, kind) => {
    expect(outcomeOfFailure(new AppError(code, 'x', { reason })).kind).toBe(kind)
  })

  it.each([
    [1500, 1500],
    [0, 0],
    [-1, null],
    ['soon', null],
    [undefined, null],
  ])('the wait that is asked for: %s → %s', (retryAfterMs, waitMs) => {
    expect(outcomeOfFailure(new AppError('rate-limited', 'x', { retryAfterMs }))).toMatchObject({ waitMs })
  })

  it('a refusal to read leaves the doubt', () => {
    expect(undecided(outcomeOfFailedRead(new AppError('not-found', 'x')))).toMatchObject({ kind: 'retry', error: { code: 'not-found' } })
    expect(undecided(outcomeOfFailedRead(new AppError('unauthorized', 'x')))).toMatchObject({ kind: 'unauthorized' })
  })
})

const note = (text: string, change: Partial<NoteFields> = {}): NoteFields => ({ text, alertAt: null, confirmed: false, ...change })
const MINUTE = 60_000

describe('base, mine and theirs', () => {
  const rules = { expected: (payload: NoteFields) => payload, same: sameNote }
  it.each([
    ['nothing happened', note('b'), note('m'), note('b'), 'as-base'],
    ['the same was done there', note('b'), note('m'), note('m'), 'as-mine'],
    ['something else was done there', note('b'), note('m'), note('t'), 'changed'],
    ['mine changes nothing', note('b'), note('b'), note('b'), 'as-mine'],
    ['line ends and blanks at the end are no change', note('b'), note('m\n'), note('m\r\n'), 'as-mine'],
    ['seconds of an alert are no change', note('b'), note('m', { alertAt: MINUTE }), note('m', { alertAt: MINUTE + 5 }), 'as-mine'],
    ['confirmed there', note('b'), note('m'), note('b', { confirmed: true }), 'changed'],
    ['another alert there', note('b'), note('m'), note('b', { alertAt: MINUTE }), 'changed'],
    ['no base, something else there', null, note('m'), note('t'), 'changed'],
    ['no base, mine there', null, note('m'), note('m'), 'as-mine'],
  ] as const)('%s', (_name, base, payload, present, expected) => {
    expect(compare(rules, { payload, base }, present)).toBe(expected)
  })
})

describe('notes that could be taken for one another have the same key, and only those', () => {
  const texts = ['call', 'Call ', 'CALL!', '<b>call</b>', 'call back', '!!!', '???', '!!! ', '', 'позвонить', 'Позвонить.']
  const all = texts.flatMap((text) => [note(text), note(text, { alertAt: MINUTE }), note(text, { alertAt: MINUTE + 9 })])
  it.each(all.map((a) => [JSON.stringify(a.text), a.alertAt, a] as const))('%s at %s', (_text, _at, a) => {
    for (const b of all) expect(lookAlikeKey(a) === lookAlikeKey(b)).toBe(sameNatural(a, b) || sameButForMarks(a, b))
  })
})

describe('a look back for a new note', () => {
  const there = (id: string, text: string, change: Partial<Note> = {}): Note => ({
    id,
    clientId: 'a',
    createdAt: 0,
    modifiedAt: 0,
    authorId: 'me',
    authorName: null,
    extra: {},
    system: false,
    ...note(text),
    ...change,
  })
  const evidence = { accountId: 'me', taken: new Set<string>(), others: [] as NoteFields[] }
  it.each([
    ['nothing new', [], {}, 'none'],
    ['ours', [there('1', 'call')], {}, 'one'],
    ['ours, with other marks', [there('1', 'CALL.')], {}, 'one'],
    ['there before', [there('old', 'call')], {}, 'none'],
    ['a colleague’s', [there('1', 'call', { authorId: 'her' })], {}, 'none'],
    ['of the system', [there('1', 'call', { system: true })], {}, 'none'],
    ['another of ours already', [there('1', 'call')], { taken: new Set(['1']) }, 'none'],
    ['two that match', [there('1', 'call'), there('2', 'call')], {}, 'several'],
    ['one of ours that nobody explains', [there('1', 'saved')], {}, 'several'],
    ['one that another command explains', [there('1', 'pay')], { others: [note('pay')] }, 'none'],
    ['an author that is not told, once sent', [there('1', 'saved', { authorId: null })], {}, 'none'],
    ['an account that is not known', [there('1', 'call', { authorId: 'me' })], { accountId: null }, 'one'],
  ])('%s', (_name, notes, change, kind) => {
    expect(readBack({ mine: note('call'), known: ['old'], attempts: 1 }, notes, { ...evidence, ...change }).kind).toBe(kind)
  })

  it('an author that is not told leaves a doubt from the second send on', () => {
    const notes = [there('1', 'saved', { authorId: null })]
    expect(readBack({ mine: note('call'), known: [], attempts: 2 }, notes, evidence).kind).toBe('several')
  })
})
