import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createServer } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { startPlatform, type Platform } from '../../electron/demo/platform'
import { DemoProcess } from '../../electron/shell/core/demo-process'
import { dataFolder, dropFolder, runCore } from '../support/core-running'

/** The demo as the shell hosts it, but for the process: the platform is real, and ends when it is told to die. */
class DemoChild {
  platform: Platform | null = null
  private readonly told = new Map<string, ((value: never) => void)[]>()

  on(event: 'message' | 'exit', listener: (value: never) => void): void {
    this.told.set(event, [...(this.told.get(event) ?? []), listener])
  }
  postMessage(message: { type: string; port?: number; stateFile?: string }): void {
    if (message.type === 'stop') void this.die()
    else void this.start(message)
  }
  kill(): boolean {
    void this.die()
    return true
  }
  async die(): Promise<void> {
    await this.platform?.close()
    this.platform = null
    this.tell('exit', 0)
  }
  private async start({ port, stateFile }: { port?: number; stateFile?: string }): Promise<void> {
    this.platform = await startPlatform({ clients: 5, seed: 7, pageSize: 100, port, portFallback: true, stateFile })
    this.tell('message', { type: 'ready', url: this.platform.url, token: this.platform.token })
  }
  private tell(event: string, value: unknown): void {
    for (const listener of this.told.get(event) ?? []) listener(value as never)
  }
}

async function start() {
  const folder = dataFolder()
  const children: DemoChild[] = []
  const fork = () => {
    const child = new DemoChild()
    children.push(child)
    return child
  }
  const demo = new DemoProcess({ fork, folder: join(folder, 'demo'), onProgress: () => undefined })
  const run = runCore({ folder, start: { startDemo: true }, answers: { startDemo: (input) => demo.start(input) } })
  onTestFinished(async () => {
    await run.core.stop()
    await demo.stop()
    dropFolder(folder)
    rmSync(folder, { recursive: true, force: true })
  })
  await run.core.whenStarted
  const status = async () => (await run.call('sync', 'status', {}))[0]
  const address = async () => (await run.call('connections', 'list', {}))[0]?.address
  await run.until(async () => (await status())?.online === true && (await status())?.complete === true)
  return { run, children, status, address }
}

it('starts a demo that has died again, at the address that it had', { timeout: 60_000 }, async () => {
  const { run, children, status, address } = await start()
  const before = await address()
  await children[0]?.die()
  await run.call('sync', 'now', { connectionId: null })
  await run.until(async () => children.length === 2 && (await status())?.online === true, 45_000)
  expect(await address()).toBe(before)
  expect(children[1]?.platform?.url).toBe(before)
})

it('follows the demo to another port where its own is taken', { timeout: 60_000 }, async () => {
  const { run, children, status, address } = await start()
  const before = await address()
  await children[0]?.die()
  const squatter = createServer((request) => request.socket.destroy())
  await new Promise<void>((resolve) => squatter.listen(Number(new URL(before ?? '').port), '127.0.0.1', resolve))
  onTestFinished(() => void squatter.close())
  await run.call('sync', 'now', { connectionId: null })
  await run.until(async () => children.length === 2 && (await address()) !== before && (await status())?.online === true, 45_000)
  expect(children[1]?.platform?.url).toBe(await address())
  const rows = await run.call('connections', 'list', {})
  expect(rows).toHaveLength(1)
})
