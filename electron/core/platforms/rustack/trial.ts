import { AppError } from '@shared/errors'
import type { HttpAnswer, Transport } from '../http'
import type { DescribedApi, PathAnswer, ProfileTrial } from '../port/profile'
import { isRaw } from '../row-reader'
import { describedApi, DESCRIBED_AT } from './described-api'
import { inferredLists } from './inferred-lists'
import { listAnswer } from './paging'
import { isRefusal } from './ports'
import type { RustackProfile } from './profile'

type PathName = keyof RustackProfile['paths']
type Owner = 'client' | 'partner' | 'note' | 'limit'
interface Asked {
  method: PathAnswer['method']
  /** Whose id stands in for `:id`. */
  owner?: Owner
  /** The names of its rows. */
  fields?: keyof RustackProfile['fields']
}
/** What changes something is only asked what it takes; a list that is not named here is asked for as it is. */
const asked: Partial<Record<PathName, Asked>> = {
  ...Object.fromEntries(Object.values(inferredLists).map(({ path, fields }) => [path, { method: 'GET', fields }])),
  partnerLimits: { method: 'GET', owner: 'partner', fields: 'limit' },
  clientNotes: { method: 'GET', owner: 'client', fields: 'note' },
  note: { method: 'OPTIONS', owner: 'note' },
  noteConfirm: { method: 'OPTIONS', owner: 'note' },
  clientLimits: { method: 'GET', owner: 'client', fields: 'limit' },
  clientLimit: { method: 'OPTIONS', owner: 'limit' },
  clientStatistics: { method: 'GET', owner: 'client', fields: 'statistics' },
}
/** What a path needs is found by those before it. */
const orderOf = ({ paths }: RustackProfile): PathName[] => [...new Set([...Object.keys(asked), ...Object.keys(paths)])] as PathName[]
const missingOwner = { client: 'no-client', partner: 'no-partner', note: 'no-note', limit: 'no-limit' } as const

export const createTrial = (transport: Transport, profile: RustackProfile): ProfileTrial => ({
  paths: async (signal) => {
    const ids = new Map<Owner, string>()
    const client = await transport.send({ method: 'GET', path: '/v1/client', query: { page: '1' }, signal })
    learn(ids, 'client', firstRow(client))
    const answers: PathAnswer[] = []
    for (const name of orderOf(profile)) answers.push(await tried(name, { transport, profile, ids, signal }))
    return answers
  },
  described: async (signal) => {
    for (const path of DESCRIBED_AT) {
      const found = await describedAt(transport, path, signal)
      if (found) return found
    }
    return null
  },
})

interface Trying {
  transport: Transport
  profile: RustackProfile
  ids: Map<Owner, string>
  signal: AbortSignal
}
const tried = async (name: PathName, { transport, profile, ids, signal }: Trying): Promise<PathAnswer> => {
  const { method, owner, fields }: Asked = asked[name] ?? { method: 'GET' }
  const pattern = profile.paths[name]
  const skipped = (why: Extract<PathAnswer['outcome'], { kind: 'skipped' }>['why']): PathAnswer => ({
    ...{ name, method, path: null, tookMs: 0 },
    outcome: { kind: 'skipped', why },
  })
  if (pattern === null) return skipped('not-in-profile')
  const path = filledIn(pattern, owner, ids)
  if (path === null) return skipped(missingOwner[owner ?? 'client'])
  const began = performance.now()
  const answer = await outcomeOf(() => transport.send({ method, path, signal }), fields === undefined ? [] : [profile.fields[fields]])
  if (answer.row && fields !== undefined) remember(ids, fields, answer.row)
  return { name, method, path, outcome: answer.outcome, tookMs: Math.round(performance.now() - began) }
}

/** A limit stands in for `:limit` and its client for `:id`; anything else for `:id`. */
const filledIn = (pattern: string, owner: Owner | undefined, ids: ReadonlyMap<Owner, string>): string | null => {
  if (owner === undefined) return pattern
  const [own, client] = [ids.get(owner), ids.get('client')]
  if (own === undefined) return null
  if (owner !== 'limit') return pattern.replace(':id', encodeURIComponent(own))
  return client === undefined ? null : pattern.replace(':limit', encodeURIComponent(own)).replace(':id', encodeURIComponent(client))
}

const remember = (ids: Map<Owner, string>, fields: keyof RustackProfile['fields'], row: Record<string, unknown>): void => {
  if (fields === 'partner' || fields === 'note' || fields === 'limit') learn(ids, fields, row)
}
const learn = (ids: Map<Owner, string>, owner: Owner, row: Record<string, unknown> | null): void => {
  const id = row?.['id']
  if (!ids.has(owner) && (typeof id === 'string' || typeof id === 'number')) ids.set(owner, String(id))
}

const firstRow = ({ json, at }: HttpAnswer): Record<string, unknown> | null => {
  const row = listAnswer(json, at)?.items[0]
  return isRaw(row) ? row : null
}

const MOST_FIELDS = 60
const outcomeOf = async (
  ask: () => Promise<HttpAnswer>,
  names: readonly Record<string, string>[],
): Promise<{ outcome: PathAnswer['outcome']; row: Record<string, unknown> | null }> => {
  try {
    const answer = await ask()
    const list = listAnswer(answer.json, answer.at)
    const row = firstRow(answer)
    const fields = row === null ? [] : Object.keys(row)
    const missing = row === null ? [] : names.flatMap((one) => Object.values(one)).filter((name) => !Object.hasOwn(row, name))
    return {
      outcome: {
        ...{ kind: 'answered', status: answer.status, allow: answer.header('allow')?.slice(0, 200) ?? null },
        ...{ rows: list === null ? null : (list.total ?? list.items.length) },
        ...{ fields: fields.slice(0, MOST_FIELDS).map((field) => field.slice(0, 100)), missing },
      },
      row,
    }
  } catch (thrown) {
    const error = AppError.from(thrown)
    if (error.code === 'unauthorized' || error.code === 'cancelled') throw error
    return { outcome: { kind: 'failed', error: error.toData() }, row: null }
  }
}

const describedAt = async (transport: Transport, path: string, signal: AbortSignal): Promise<DescribedApi | null> => {
  try {
    const [bare = path, query = ''] = path.split('?')
    const { json } = await transport.send({ method: 'GET', path: bare, query: Object.fromEntries(new URLSearchParams(query)), signal })
    return describedApi(path, json)
  } catch (thrown) {
    const error = AppError.from(thrown)
    // No description, or a page for people in its place.
    if (isRefusal(error) || error.code === 'bad-answer' || error.code === 'platform-error') return null
    throw error
  }
}
