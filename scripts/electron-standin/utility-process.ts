import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ForkOptions, UtilityProcess } from 'electron'
import { LoudEmitter, onlyKnown } from './loud.ts'

const child = fileURLToPath(new URL('./utility-child.mjs', import.meta.url))

/** A utility process as a fork with structured clone. */
export class StandinUtilityProcess
  extends LoudEmitter
  implements Pick<UtilityProcess, 'kill' | 'postMessage' | 'pid' | 'stdout' | 'stderr'>
{
  private readonly process: ChildProcess
  readonly stdout: NodeJS.ReadableStream | null
  readonly stderr: NodeJS.ReadableStream | null

  constructor(modulePath: string, args: string[], options: ForkOptions) {
    super('utilityProcess', ['message', 'exit', 'spawn', 'error'])
    onlyKnown('utilityProcess.fork', options, ['serviceName', 'stdio', 'env', 'execArgv', 'cwd'])
    const output = options.stdio === 'pipe' || options.stdio === 'ignore' ? options.stdio : 'inherit'
    this.process = fork(modulePath, args, {
      serialization: 'advanced',
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', child, ...(options.execArgv ?? [])],
      stdio: ['ignore', output, output, 'ipc'],
      ...(options.env === undefined ? {} : { env: options.env as NodeJS.ProcessEnv }),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    })
    this.stdout = this.process.stdout
    this.stderr = this.process.stderr
    this.process.on('message', (message) => this.emit('message', message))
    this.process.on('spawn', () => this.emit('spawn'))
    this.process.on('exit', (code) => this.emit('exit', code ?? 1))
    this.process.on('error', () => undefined)
  }
  get pid(): number | undefined {
    return this.process.exitCode === null && this.process.signalCode === null ? this.process.pid : undefined
  }
  postMessage(message: unknown): void {
    if (this.process.connected) this.process.send(message as object, () => undefined)
  }
  kill(): boolean {
    return this.process.kill()
  }
}
