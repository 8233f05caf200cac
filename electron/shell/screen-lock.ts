import type { PowerMonitor } from 'electron'

interface Setup {
  powerMonitor: Pick<PowerMonitor, 'on' | 'getSystemIdleTime'>
  platform: string
  tellCore: (state: 'suspend' | 'resume' | 'lock' | 'unlock') => void
  onChange: () => void
  every: (work: () => void, ms: number) => void
}

const IDLE_SECONDS = 10 * 60
const LOOK_EVERY_MS = 15_000

/** Whether someone may be looking who should not see names. Linux says nothing of its lock screen: there, idle counts. */
export class ScreenLock {
  private readonly setup: Setup
  private locked = false

  constructor(setup: Setup) {
    this.setup = setup
    const { powerMonitor, tellCore } = setup
    // Other systems tell when the screen is locked and unlocked; on Linux sleeping and waking is all there is.
    const isSilent = setup.platform === 'linux'
    powerMonitor.on('suspend', () => {
      if (isSilent) this.set(true)
      tellCore('suspend')
    })
    powerMonitor.on('resume', () => {
      if (isSilent) this.set(false)
      tellCore('resume')
    })
    powerMonitor.on('lock-screen', () => this.set(true))
    powerMonitor.on('unlock-screen', () => this.set(false))
    if (isSilent) setup.every(() => this.look(), LOOK_EVERY_MS)
  }
  isLocked(): boolean {
    return this.locked
  }
  private look(): void {
    this.set(this.setup.powerMonitor.getSystemIdleTime() >= IDLE_SECONDS)
  }
  private set(locked: boolean): void {
    if (locked === this.locked) return
    this.locked = locked
    this.setup.tellCore(locked ? 'lock' : 'unlock')
    this.setup.onChange()
  }
}
