import type { Preferences } from '@shared/ipc/preferences'
import type { WindowState } from './windows/window-state'

type Known = Pick<Preferences, 'language' | 'theme' | 'closeToTrayExplained'>

/** The few preferences that the shell goes by. The core keeps them; until it speaks, the last known ones hold. */
export class KnownPreferences {
  private known: Known
  private readonly onChange: (known: Known) => void

  constructor(start: { state: WindowState; language: Known['language'] }, onChange: (known: Known) => void) {
    this.known = { language: start.language, theme: start.state.theme, closeToTrayExplained: false }
    this.onChange = onChange
  }
  get(): Known {
    return this.known
  }
  learn(preferences: Partial<Known>): void {
    const { language, theme, closeToTrayExplained } = { ...this.known, ...preferences }
    const changed = language !== this.known.language || theme !== this.known.theme
    this.known = { language, theme, closeToTrayExplained }
    if (changed) this.onChange(this.known)
  }
}
