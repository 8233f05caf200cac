import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MessageBoxOptions } from 'electron'
import type { SecretBackend } from '@shared/ipc/shell'
import { loadDatabaseKey } from './secrets/database-key'
import { decodeRecoveryCode, encodeRecoveryCode } from './secrets/recovery-code'
import type { SecretBox } from './secrets/secret-box'
import type { Texts } from './texts'

interface Setup {
  userData: string
  box: Promise<SecretBox>
  recoveryCodeFile: string | null
  /** The demo asks nothing, not even whether it may forget. */
  isDemo: boolean
  texts: () => Texts
  ask: (options: MessageBoxOptions) => Promise<{ response: number }>
  quit: () => void
}

/** The key to the local store, and what is said to a person when there is none. */
export class Workspace {
  private readonly setup: Setup
  private key: string | null = null

  constructor(setup: Setup) {
    this.setup = setup
  }
  isTemporary(): boolean {
    return this.key === null
  }
  recoveryCode(): string | null {
    return this.key === null ? null : encodeRecoveryCode(this.key)
  }
  async backend(): Promise<SecretBackend> {
    return (await this.setup.box).backend
  }
  /** null = work in memory only; a person knows by then. */
  async open(): Promise<string | null> {
    const { userData, recoveryCodeFile } = this.setup
    const recovered = recoveryCodeFile === null ? null : decodeRecoveryCode(await readFile(recoveryCodeFile, 'utf8').catch(() => ''))
    const box = await this.setup.box
    const found = await loadDatabaseKey({
      file: join(userData, 'keys.json'),
      box,
      randomKey: () => randomBytes(32).toString('hex'),
      recovered,
    })
    if (found.state === 'ready') this.key = found.key
    else if (found.state === 'lost') await this.tellLost()
    else if (!this.setup.isDemo) await this.tellTemporary()
    return this.key
  }

  private async tellLost(): Promise<void> {
    const { keyLost, keyLostDetail, quit, workTemporarily } = this.setup.texts()
    const { response } = await this.setup.ask({
      type: 'warning',
      message: keyLost,
      detail: keyLostDetail,
      buttons: [quit, workTemporarily],
      defaultId: 0,
      cancelId: 0,
    })
    if (response === 0) this.setup.quit()
  }
  private async tellTemporary(): Promise<void> {
    const { temporary, temporaryDetail, understood } = this.setup.texts()
    await this.setup.ask({ type: 'info', message: temporary, detail: temporaryDetail, buttons: [understood] })
  }
}
