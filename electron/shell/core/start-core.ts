import { app, utilityProcess, type Session } from 'electron'
import { join } from 'node:path'
import type { AppErrorData } from '@shared/errors'
import type { CoreStart, FromCore } from '@shared/ipc/host-protocol'
import type { CommandLine } from '../command-line'
import { readFirstConnection } from '../first-connection'
import { logLines, type ProgramLog } from '../log/program-log'
import type { Places } from '../program'
import type { SecretBox } from '../secrets/secret-box'
import { answerAsks } from './core-asks'
import { CoreSupervisor } from './core-supervisor'
import { DemoProcess } from './demo-process'

interface Setup {
  places: Places
  options: CommandLine
  log: ProgramLog
  box: () => Promise<SecretBox>
  session: Pick<Session, 'resolveProxy'>
  databaseKey: () => Promise<string | null>
  /** Known once there is a key: the store that lies there is put aside. */
  startsAnew: () => boolean
  onFailed: (error: AppErrorData, wasOpen: boolean) => void
  language: () => 'ru' | 'en'
  onReady: (isRestart: boolean) => void
  onPush: (message: Extract<FromCore, { type: 'event' | 'notify' | 'tray' }>) => void
  onDemo: (progress: number | null) => void
}

/** For a person at a terminal; where there is none, the log has it. */
const say = (line: string): void => void process.stderr.write(`${line}\n`)

/** A utility process whose output goes to the log, where no secret passes. */
const forkInto = (log: ProgramLog, module: string, name: string) => {
  const child = utilityProcess.fork(module, [], { serviceName: `Partner Console ${name}`, stdio: 'pipe' })
  logLines(child.stdout, (line) => log.info(`${name}: ${line}`))
  logLines(child.stderr, (line) => log.warn(`${name}: ${line}`))
  return child
}

/** The core and the demo, each in its own process, wired to each other through what the core may ask. */
export const startCore = (setup: Setup): { core: CoreSupervisor; stop: () => Promise<void> } => {
  const { places, options, log, session } = setup
  const dataFolder = app.getPath('userData')
  const demo = new DemoProcess({
    fork: () => forkInto(log, places.demo, 'demo'),
    folder: join(dataFolder, 'demo'),
    onProgress: setup.onDemo,
  })
  const start = async (isRestart: boolean): Promise<CoreStart> => ({
    type: 'start',
    dataFolder,
    databaseKey: await setup.databaseKey(),
    appVersion: app.getVersion(),
    systemLanguage: setup.language(),
    syncIntervalSeconds: options.syncIntervalSeconds,
    startDemo: options.demo && !isRestart,
    anew: !isRestart && setup.startsAnew(),
    connect: isRestart
      ? null
      : await readFirstConnection(options, () => process.stdin).catch((error: unknown) => {
          log.warn('the platform named on the command line is not connected: its token cannot be read', error)
          return null
        }),
  })
  const core = new CoreSupervisor({
    fork: () => forkInto(log, places.core, 'core'),
    start,
    onReady: setup.onReady,
    onFailed: setup.onFailed,
    onAsk: answerAsks({ secrets: setup.box, demo, resolveProxy: (url) => session.resolveProxy(url), say }),
    onPush: setup.onPush,
    onLog: ({ what, details }) => log.error(`core: ${what}\n${details}`),
    log: (what, details) => log.warn(what, details),
    now: () => Date.now(),
  })
  const stop = async () => {
    await core.stop()
    await demo.stop()
  }
  return { core, stop }
}
