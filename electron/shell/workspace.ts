import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@shared/errors'
import type { SecretBackend, WorkspaceState } from '@shared/ipc/shell'
import { keepDatabaseKey, loadDatabaseKey, type DatabaseKey } from './secrets/database-key'
import { newPassphraseParams, openPassphraseBox } from './secrets/passphrase-box'
import { hasStore, opensStore } from './secrets/store-key'
import { decodeRecoveryCode, encodeRecoveryCode } from './secrets/recovery-code'
import type { SecretBox } from './secrets/secret-box'

interface Setup {
  userData: string
  /** Where this system keeps secrets, if it does. */
  systemBox: Promise<SecretBox>
  recoveryCodeFile: string | null
  /** The demo asks nothing: where nothing can be kept, it keeps nothing. */
  isDemo: boolean
}

/** Shorter ones are guessed. */
const SHORTEST = 8
const refused = (field: 'passphrase' | 'code', problem: string): AppError =>
  new AppError('invalid-input', `the ${field} is refused: ${problem}`, { fields: { [field]: problem } })

/** The key to the local store, and the ways in which a person may give it. */
export class Workspace {
  private readonly setup: Setup
  private readonly file: string
  private readonly found: Promise<DatabaseKey>
  private readonly opened = Promise.withResolvers<{ key: string | null; box: SecretBox }>()
  private now: WorkspaceState = 'ready'
  private key: string | null = null
  /** From a recovery code, until there is a new passphrase to wrap it. */
  private recovered: string | null = null
  private anew = false

  constructor(setup: Setup) {
    this.setup = setup
    this.file = join(setup.userData, 'keys.json')
    this.found = this.look()
    this.found.catch((error: unknown) => this.opened.reject(error))
  }
  /** The store that lies there cannot be opened any more, and a person chose a new one. */
  startsAnew(): boolean {
    return this.anew
  }
  isTemporary(): boolean {
    return this.now === 'temporary'
  }
  recoveryCode(): string | null {
    return this.key === null ? null : encodeRecoveryCode(this.key)
  }
  /** Wraps the platforms' tokens; there once the workspace is open. */
  async box(): Promise<SecretBox> {
    return (await this.opened.promise).box
  }
  async backend(): Promise<SecretBackend> {
    return (await this.box()).backend
  }
  /** Ends when there is a key, or a person chose to go on without one (null: in memory only). */
  async open(): Promise<string | null> {
    return (await this.opened.promise).key
  }
  /** What a person is asked for, if anything. */
  async state(): Promise<WorkspaceState> {
    await this.found
    return this.now
  }

  /** The first passphrase, or a new one after a recovery. */
  async setPassphrase(passphrase: string): Promise<void> {
    await this.mustBe('new-passphrase')
    if ([...passphrase.trim()].length < SHORTEST) throw refused('passphrase', 'short')
    const params = newPassphraseParams()
    const box = await openPassphraseBox(passphrase, params)
    const key = this.recovered ?? randomBytes(32).toString('hex')
    await keepDatabaseKey(this.file, key, { box, params })
    this.finish(key, box)
  }
  async unlock(passphrase: string): Promise<void> {
    await this.mustBe('passphrase')
    const found = await this.found
    if (found.state !== 'passphrase') return
    const box = await openPassphraseBox(passphrase, found.params)
    const key = await box.unwrap(found.wrapped).catch(() => {
      throw refused('passphrase', 'wrong')
    })
    this.finish(key, box)
  }
  /** Without a place for secrets a new passphrase comes next. */
  async recover(code: string): Promise<void> {
    await this.mustBe('passphrase', 'key-lost')
    const key = decodeRecoveryCode(code)
    if (key === null) throw refused('code', 'slip')
    if (!opensStore(this.setup.userData, key)) throw refused('code', 'another')
    const box = await this.setup.systemBox
    if (box.backend === 'none') {
      this.recovered = key
      this.now = 'new-passphrase'
      return
    }
    await keepDatabaseKey(this.file, key, { box })
    this.finish(key, box)
  }
  /** Without the key and its code: a new key, and the core puts the old store aside. */
  async startAnew(): Promise<void> {
    await this.mustBe('passphrase', 'key-lost')
    this.anew = true
    const box = await this.setup.systemBox
    if (box.backend === 'none') {
      this.recovered = null
      this.now = 'new-passphrase'
      return
    }
    const key = randomBytes(32).toString('hex')
    await keepDatabaseKey(this.file, key, { box })
    this.finish(key, box)
  }
  async workTemporarily(): Promise<void> {
    await this.mustBe('new-passphrase', 'passphrase', 'key-lost')
    this.finish(null, await this.setup.systemBox)
  }

  private async look(): Promise<DatabaseKey> {
    const { recoveryCodeFile, isDemo, systemBox, userData } = this.setup
    const recovered = recoveryCodeFile === null ? null : decodeRecoveryCode(await readFile(recoveryCodeFile, 'utf8').catch(() => ''))
    const box = await systemBox
    const found = await loadDatabaseKey({
      file: this.file,
      box,
      randomKey: () => randomBytes(32).toString('hex'),
      recovered,
      hasStore: hasStore(userData),
      opens: (key) => opensStore(userData, key),
    })
    if (found.state === 'ready') this.finish(found.key, box)
    else if (found.state === 'none' && isDemo) this.finish(null, box)
    else this.now = ({ none: 'new-passphrase', lost: 'key-lost', passphrase: 'passphrase' } as const)[found.state]
    return found
  }
  private finish(key: string | null, box: SecretBox): void {
    this.key = key
    this.now = key === null ? 'temporary' : 'ready'
    this.opened.resolve({ key, box })
  }
  private async mustBe(...states: WorkspaceState[]): Promise<void> {
    if (!states.includes(await this.state())) throw new AppError('rejected', 'the workspace asks for nothing of the kind')
  }
}
