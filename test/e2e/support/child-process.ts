import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'

const KEPT = 8000

/** A child whose output is kept for the message of a failure, and whose end can be waited for. */
export class Child {
  readonly process: ChildProcess
  readonly ended: Promise<number | NodeJS.Signals>
  private output = ''

  constructor(command: string, args: readonly string[], options: SpawnOptions) {
    this.process = spawn(command, [...args], options)
    const keep = (chunk: Buffer) => void (this.output = (this.output + chunk.toString()).slice(-KEPT))
    this.process.stdout?.on('data', keep)
    this.process.stderr?.on('data', keep)
    this.ended = new Promise((resolve, reject) => {
      this.process.on('error', reject)
      this.process.on('exit', (code, signal) => resolve(signal ?? code ?? 1))
    })
    this.ended.catch(() => undefined)
  }
  isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null
  }
  said(): string {
    return this.output
  }
  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.isRunning()) this.process.kill(signal)
    await this.ended
  }
}
