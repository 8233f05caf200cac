import type { AppErrorData } from '@shared/errors'
import type { ProfileProblem } from '@shared/domain/profile'

/** A document with the paths and names of one deployment, as a text that a person may write. */
export interface ProfileFormat<S> {
  /** Of a connection; null = the standard one. */
  textOf(settings: S): string | null
  put(settings: S, text: string | null): S
  /** The standard one, laid out to be read. */
  standard: string
  /** What is wrong with a text; none = it can be used. */
  check(text: string): ProfileProblem[]
}

/** What a deployment answered to one path of its profile. */
export interface PathAnswer {
  /** The profile's own name of the path. */
  name: string
  method: 'GET' | 'OPTIONS'
  /** As it was asked, with the id that stood in for `:id`; null: not asked. */
  path: string | null
  outcome:
    | { kind: 'answered'; status: number; allow: string | null; rows: number | null; fields: string[]; missing: string[] }
    | { kind: 'failed'; error: AppErrorData }
    | { kind: 'skipped'; why: 'not-in-profile' | 'no-client' | 'no-note' | 'no-limit' | 'no-partner' }
  tookMs: number
}

/** What a deployment says of its own API, where it does. */
export interface DescribedApi {
  /** Where it was found. */
  path: string
  title: string | null
  paths: { path: string; methods: string[]; fields: string[] }[]
}

/** Trying a profile against its deployment: nothing is changed there. */
export interface ProfileTrial {
  /** Each path asked once, in the profile's order. */
  paths(signal: AbortSignal): Promise<PathAnswer[]>
  /** null: it describes nothing at the usual places. */
  described(signal: AbortSignal): Promise<DescribedApi | null>
}
