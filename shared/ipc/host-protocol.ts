import type { AppErrorData } from '../errors'
import type { EventName } from './channels'
import type { Result } from './call'
import type { ListFile, StoreChoice, StoreChoices } from './shell'

/**
 * Messages between the shell and the core, over the utility process's message port (structured clone). The shell asks
 * the core (`call`), the core asks the shell (`ask`), and either tells the other something (`event`, `notify`…).
 */
export interface CoreStart {
  type: 'start'
  dataFolder: string
  /** 32 bytes, hex: the key of both database files. null = the shell has none and asks the core to work in memory only. */
  databaseKey: string | null
  appVersion: string
  systemLanguage: 'ru' | 'en'
  /** From the command line; null = as in the preferences. */
  syncIntervalSeconds: number | null
  startDemo: boolean
  /** The key to what lies there is lost: it is put aside, and a new store begins. */
  anew?: boolean
  connect: { baseUrl: string; token: string } | null
}
export type ToCore =
  | CoreStart
  | { type: 'call'; id: number; domain: string; name: string; input: unknown }
  | { type: 'answer'; id: number; result: Result<unknown> }
  | { type: 'power'; state: 'suspend' | 'resume' | 'lock' | 'unlock' }
  | { type: 'stop' }

/** What the core asks of the shell. */
export interface Asks {
  /** Wraps or unwraps a secret with the system's store; bytes as base64. */
  wrapSecret: { input: { plain: string }; output: { wrapped: string } }
  unwrapSecret: { input: { wrapped: string }; output: { plain: string } }
  /** Starts the embedded demo platform in its own process. */
  startDemo: { input: { stateFile: string; port: number | null }; output: { url: string; token: string; port: number } }
  stopDemo: { input: Record<string, never>; output: Record<string, never> }
  /** The proxy that the system uses for a URL, in PAC form ("DIRECT", "PROXY host:port"). */
  resolveProxy: { input: { url: string }; output: { pac: string } }
  /** One line for whoever started the program from a terminal. */
  say: { input: { line: string }; output: Record<string, never> }
}
export type AskName = keyof Asks

export interface AlertNotification {
  /** One alert, or a group of those missed while the program was closed. */
  alerts: { connectionId: string; noteId: string; clientId: string; clientName: string; text: string; dueAt: number }[]
  missed: boolean
}
export interface TrayState {
  due: number
  /** The nearest alerts for the menu, most urgent first, at most five. */
  top: { connectionId: string; noteId: string; clientId: string; clientName: string; text: string; dueAt: number; due: boolean }[]
  waiting: number
  online: boolean
}

export type FromCore =
  | { type: 'ready' }
  | { type: 'failed'; error: AppErrorData }
  | { type: 'answer'; id: number; result: Result<unknown> }
  | { type: 'ask'; id: number; name: AskName; input: unknown }
  | { type: 'event'; name: EventName; payload: unknown }
  | { type: 'notify'; notification: AlertNotification }
  | { type: 'tray'; state: TrayState }
  /** For the program's log: a fault whole, with its stack. */
  | { type: 'log'; what: string; details: string }

/** Calls that only the shell may make of the core; no page can name them. */
export const internalCalls = ['exportList', 'keptFileName', 'saveKeptFile', 'jobFile', 'panelUrl'] as const
/** `call` messages with this domain are answered by a core whose store does not open. */
export const RECOVERY_DOMAIN = 'recovery'
export interface RecoveryCalls {
  choices: { input: Record<string, never>; output: StoreChoices }
  /** The core then begins again, and says `ready` or `failed` before it answers. */
  take: { input: StoreChoice; output: Record<string, never> }
}
/** `call` messages with this domain go to the internal handlers. */
export const INTERNAL_DOMAIN = 'internal'
export interface InternalCalls {
  exportList: { input: ListFile & { path: string }; output: { jobId: string } }
  keptFileName: { input: { id: string }; output: { name: string } }
  saveKeptFile: { input: { id: string; path: string }; output: { jobId: string } }
  /** Where a job that has ended has put its file. */
  jobFile: { input: { id: string }; output: { path: string } }
  panelUrl: { input: { connectionId: string }; output: { url: string } }
}
