import type { z } from 'zod'
import type { RustackSettings } from '@shared/domain/connections/rustack'
import { profileReasons, type ProfileProblem, type ProfileReason } from '@shared/domain/profile'
import { AppError } from '@shared/errors'
import { parseLocated, placeOf, type LocatedJson } from '../located-json'
import type { ProfileFormat } from '../port/profile'
import { isRaw } from '../row-reader'
import { defaultProfile, RustackProfile, standardDocument } from './profile'

/** A document for people: longer is none. */
const LONGEST = 200_000
const MOST_PROBLEMS = 50
/** Tables of codes: a document that has one means the whole of it. */
const WHOLE: ReadonlySet<string> = new Set(['limitTypes', 'roles'])

/** What a document leaves out is as in the standard one: a deployment that differs in two paths needs two lines. */
const filled = (own: unknown, standard: unknown): unknown => {
  if (!isRaw(own) || !isRaw(standard)) return own
  const inner = Object.entries(own).map(([key, value]) => [key, WHOLE.has(key) ? value : filled(value, standard[key])] as const)
  return { ...standard, ...Object.fromEntries(inner) }
}

const check = (text: string): ProfileProblem[] => {
  if (text.length > LONGEST) return [{ line: 1, column: 1, path: '', reason: 'too-long', found: null }]
  const json = parseLocated(text)
  const problem = (offset: number, rest: Pick<ProfileProblem, 'path' | 'reason' | 'found'>): ProfileProblem => ({
    ...placeOf(text, offset),
    ...rest,
  })
  const faults = json.faults.map(({ at, ...fault }) => problem(at, { ...fault, found: wordAt(text, at) }))
  if (json.value === undefined) return faults
  if (!isRaw(json.value)) return [...faults, problem(0, { path: '', reason: 'not-an-object', found: null })]
  const read = RustackProfile.safeParse(filled(json.value, standardDocument))
  const issues = read.success ? [] : firstEach(read.error.issues.flatMap((issue) => problemsOf(issue, json)))
  const found = issues.map(({ path, reason }) =>
    problem(offsetOf(path, json), { path: path.join('.'), reason, found: shown(valueAt(json.value, path)) }),
  )
  return [...faults, ...found].sort((a, b) => a.line - b.line || a.column - b.column).slice(0, MOST_PROBLEMS)
}

/** One place is told once: its first mistake hides the others. */
const firstEach = (all: readonly Located[]): Located[] => [
  ...new Map(all.toReversed().map((one) => [one.path.join('.'), one] as const)).values(),
]

interface Located {
  path: string[]
  reason: ProfileReason
}
const problemsOf = (issue: z.core.$ZodIssue, json: LocatedJson): Located[] => {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...path, key], reason: 'unknown-name' as const }))
  return [{ path, reason: reasonOf(issue, valueAt(json.value, path)) }]
}

const reasonOf = (issue: z.core.$ZodIssue, value: unknown): ProfileReason => {
  const own = profileReasons.find((code) => code === issue.message)
  if (own) return own
  if (value === undefined) return 'missing'
  if (issue.code === 'invalid_type') return issue.expected === 'object' || issue.expected === 'record' ? 'not-an-object' : 'not-a-text'
  if (issue.code === 'too_small') return 'empty'
  if (issue.code === 'too_big') return 'too-long'
  if (issue.code === 'invalid_value') return 'not-a-limit-type'
  return 'not-a-text'
}

/** The nearest place that the text has: what is missing is told where it should stand. */
const offsetOf = (path: readonly string[], { places }: LocatedJson): number => {
  for (let length = path.length; length >= 0; length--) {
    const at = places.get(path.slice(0, length).join('.'))
    if (at !== undefined) return at
  }
  return 0
}
const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isRaw(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), value)

const shown = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value).slice(0, 60))
const wordAt = (text: string, at: number): string | null => /^\S{1,20}/.exec(text.slice(at))?.[0] ?? null

export const rustackProfile: ProfileFormat<RustackSettings> = {
  textOf: ({ profile }) => profile,
  put: (settings, profile) => ({ ...settings, profile }),
  standard: `${JSON.stringify(standardDocument, null, 2)}\n`,
  check,
}

/** Of a connection; null = the standard one. @throws AppError where a document of another version cannot be used. */
export const profileFrom = (text: string | null): RustackProfile => {
  if (text === null) return defaultProfile()
  const [problem] = check(text)
  if (problem) throw new AppError('invalid-input', 'the profile of this connection cannot be used', { reason: 'profile', problem })
  return RustackProfile.parse(filled(parseLocated(text).value, standardDocument))
}
