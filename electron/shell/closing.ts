import type { BrowserWindow, MessageBoxOptions } from 'electron'
import type { Texts } from './texts'

interface Setup {
  texts: () => Texts
  hasTray: () => Promise<boolean>
  wasExplained: () => boolean
  explain: (title: string, body: string) => void
  ask: (options: MessageBoxOptions) => Promise<{ response: number }>
  quit: () => void
}

/** What closing the window means: into the tray where there is one, told the first time; out, after a question, where there is none. */
export class Closing {
  private readonly setup: Setup
  private leaving = false
  private asking = false

  constructor(setup: Setup) {
    this.setup = setup
  }
  mayClose(): boolean {
    return this.leaving
  }
  /** From here on windows close for good. */
  leave(): void {
    this.leaving = true
  }
  async stay(window: Pick<BrowserWindow, 'hide' | 'isDestroyed'>): Promise<void> {
    if (await this.setup.hasTray()) {
      if (!window.isDestroyed()) window.hide()
      const { inTrayTitle, inTrayBody } = this.setup.texts()
      if (!this.setup.wasExplained()) this.setup.explain(inTrayTitle, inTrayBody)
      return
    }
    if (await this.askToQuit()) this.setup.quit()
  }

  private async askToQuit(): Promise<boolean> {
    if (this.asking) return false
    this.asking = true
    const { quitQuestion, quitDetail, quit, stay } = this.setup.texts()
    const options: MessageBoxOptions = {
      type: 'question',
      message: quitQuestion,
      detail: quitDetail,
      buttons: [quit, stay],
      defaultId: 1,
      cancelId: 1,
    }
    const { response } = await this.setup.ask(options)
    this.asking = false
    return response === 0
  }
}
