import { z } from 'zod'
import { MOST_COPIED } from '../domain/selection'
import { call } from './call'
import { FileColumn, RowSelection } from './list'
import { ListName, UncheckedQuery } from './lists'
import { Done, Id, Moment, Nothing } from './rows'

export const SecretBackend = z.enum(['system', 'passphrase', 'development-key-file', 'none'])
export type SecretBackend = z.infer<typeof SecretBackend>

export const ShellInfo = z.object({
  version: z.string(),
  /** 'electron' or the development stand-in: shown in settings, one line. */
  host: z.enum(['electron', 'stand-in']),
  electronVersion: z.string(),
  platform: z.string(),
  dataFolder: z.string(),
  secrets: SecretBackend,
  hasTray: z.boolean(),
})
export type ShellInfo = z.infer<typeof ShellInfo>

/**
 * What the local store needs before anything can be read: nothing (`ready`, or `temporary` where nothing is kept), the
 * passphrase, a first one (no place for secrets here, nothing kept yet), the recovery code for a key that is lost, or a
 * decision about what takes the place of a file that is damaged or gone.
 */
export const WorkspaceState = z.enum(['ready', 'temporary', 'new-passphrase', 'passphrase', 'key-lost', 'store-damaged', 'store-missing'])
export type WorkspaceState = z.infer<typeof WorkspaceState>
/** With the last known looks: the preferences lie in the store that is not open yet. */
export const WorkspaceAsks = z.object({ state: WorkspaceState, language: z.enum(['ru', 'en']), theme: z.enum(['system', 'light', 'dark']) })
export type WorkspaceAsks = z.infer<typeof WorkspaceAsks>

const Passphrase = z.strictObject({ passphrase: z.string().max(1000) })

/** What a copy of the file holds of a person's own, and what it lacks. */
const Holds = {
  /** Its last commit. */
  at: Moment,
  /** How many it has had, and how many more there have been; null = nobody knows. */
  commits: z.int().nullable(),
  missing: z.int().nullable(),
  /** What of them a person did, as far as it is known. */
  recent: z.array(z.object({ kind: z.string(), text: z.string(), at: Moment })),
  connections: z.int(),
  waiting: z.int(),
  notes: z.int(),
  views: z.int(),
}
/** What there is to go on with, where the store's own file is damaged or gone. Whatever is chosen, nothing is deleted. */
export const StoreChoices = z.object({
  /** What could still be read of the file, and how many of its pages could not. */
  salvage: z.object({ ...Holds, damagedPages: z.int(), pages: z.int() }).nullable(),
  backups: z.array(z.object({ ...Holds, name: z.string() })),
  /** Backups that are damaged too, and are not offered. */
  damaged: z.array(z.object({ name: z.string(), madeAt: Moment })),
})
export type StoreChoices = z.infer<typeof StoreChoices>
export const StoreChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('salvage') }),
  z.strictObject({ kind: z.literal('backup'), name: z.string().max(200) }),
  z.strictObject({ kind: z.literal('new') }),
])
export type StoreChoice = z.infer<typeof StoreChoice>

const JobBegun = z.object({ jobId: Id })

/** What of a list goes into a file, in the words of the screen. */
export const ListFile = z.strictObject({
  list: ListName,
  query: UncheckedQuery,
  selection: RowSelection,
  columns: z.array(FileColumn).min(1).max(60),
  /** What the file is called. */
  title: z.string().min(1).max(80),
  /** Under the rows: what it is, under which conditions. */
  remarks: z.array(z.string().max(2000)).max(10),
  /** And as of when: `{at}` is put in where the rows are read. */
  asOf: z.strictObject({ whole: z.string().max(200), part: z.string().max(200), never: z.string().max(200) }),
})
export type ListFile = z.infer<typeof ListFile>

/** Handled by the shell itself, never by the core. */
export const shellCalls = {
  info: call(Nothing, ShellInfo),
  /** Opens the platform's own panel of a connection in the system browser: the page names a connection, never a URL. */
  openLink: call(z.strictObject({ kind: z.enum(['panel']), connectionId: z.string().max(200) }), Done),
  openDataFolder: call(Nothing, Done),
  copyText: call(z.strictObject({ text: z.string().max(MOST_COPIED) }), Done),
  /** Asks where, then begins to write what the list shows: a job. null = the person cancelled. */
  saveListCsv: call(ListFile, JobBegun.nullable()),
  /** Asks where, then begins to write a kept file there. null = the person cancelled. */
  saveKeptFile: call(z.strictObject({ id: Id }), JobBegun.nullable()),
  /** What a job wrote where the person wanted it: the page names the job, never a path. */
  openJobFile: call(z.strictObject({ id: Id }), Done),
  showJobFile: call(z.strictObject({ id: Id }), Done),
  /** Asks for a PEM file and gives its text back; null = cancelled. */
  pickPemFile: call(Nothing, z.object({ name: z.string(), text: z.string() }).nullable()),
  /** Asks for a profile file and gives its text back; null = cancelled. */
  pickProfile: call(Nothing, z.object({ name: z.string(), text: z.string() }).nullable()),
  /** Asks where, then writes it; null = cancelled. */
  saveProfile: call(z.strictObject({ text: z.string().max(300_000) }), z.object({ file: z.string() }).nullable()),
  quit: call(Nothing, Done),
  /** The recovery code of the local store, to be written down; shown once, on demand. */
  recoveryCode: call(Nothing, z.object({ code: z.string() })),
  workspace: call(Nothing, WorkspaceAsks),
  /** Refused (`invalid-input`, field passphrase: short) or kept; the store opens. */
  setPassphrase: call(Passphrase, WorkspaceAsks),
  /** Refused (`invalid-input`, field passphrase: wrong) or the store opens. */
  unlock: call(Passphrase, WorkspaceAsks),
  /** Refused (`invalid-input`, field code: slip); otherwise the store opens, or a new passphrase is asked for. */
  recover: call(z.strictObject({ code: z.string().max(200) }), WorkspaceAsks),
  /** Without the key: a new store; the old one stays beside it. */
  startAnew: call(Nothing, WorkspaceAsks),
  storeChoices: call(Nothing, StoreChoices),
  takeStoreChoice: call(z.strictObject({ choice: StoreChoice }), WorkspaceAsks),
  /** Nothing will be kept. */
  workTemporarily: call(Nothing, WorkspaceAsks),
}
