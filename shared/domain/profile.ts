/** Why a place of a profile is refused; the window has the words. */
export const profileReasons = [
  'not-json',
  'duplicate',
  'not-an-object',
  'unknown-name',
  'missing',
  'not-a-text',
  'empty',
  'too-long',
  'not-a-path',
  'needs-id',
  'needs-limit',
  'not-a-limit-type',
  'twice',
] as const
export type ProfileReason = (typeof profileReasons)[number]

/** One mistake of a profile and its place, both counted from 1. */
export interface ProfileProblem {
  line: number
  column: number
  /** `paths.notes`; empty: the document as a whole. */
  path: string
  reason: ProfileReason
  /** What was found there, cut. */
  found: string | null
}
