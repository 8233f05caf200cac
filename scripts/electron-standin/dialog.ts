import { basename, join } from 'node:path'
import type { Dialog, MessageBoxOptions, MessageBoxReturnValue, OpenDialogOptions, SaveDialogOptions } from 'electron'
import type { Journal } from './journal.ts'

/** What the endpoint may say to the next dialog. */
export interface DialogAnswer {
  filePath?: string
  filePaths?: string[]
  response?: number
  checkboxChecked?: boolean
  canceled?: boolean
}

interface Policy {
  journal: Journal
  /** Where files go when nobody can be asked. */
  downloads: () => string
  /** How long a dialog without a screen waits for the endpoint before it counts as cancelled. */
  patienceMs: number
  headless: boolean
}

/** Dialogs: answered through the endpoint, before or while they are open. */
export class StandinDialog {
  private readonly policy: Policy
  private readonly answers: DialogAnswer[] = []
  private readonly waiting: ((answer: DialogAnswer) => void)[] = []

  constructor(policy: Policy) {
    this.policy = policy
  }
  async showSaveDialog(...args: unknown[]): Promise<Awaited<ReturnType<Dialog['showSaveDialog']>>> {
    const options = args.at(-1) as SaveDialogOptions
    const name = basename(options.defaultPath ?? 'file')
    const answer = await this.ask('save', options, { filePath: join(this.policy.downloads(), name) })
    return answer.filePath === undefined ? { canceled: true, filePath: '' } : { canceled: false, filePath: answer.filePath }
  }
  async showOpenDialog(...args: unknown[]): Promise<Awaited<ReturnType<Dialog['showOpenDialog']>>> {
    const answer = await this.ask('open', args.at(-1) as OpenDialogOptions, {})
    return { canceled: answer.filePaths === undefined, filePaths: answer.filePaths ?? [] }
  }
  async showMessageBox(...args: unknown[]): Promise<MessageBoxReturnValue> {
    const options = args.at(-1) as MessageBoxOptions
    const answer = await this.ask('message', options, { response: options.defaultId ?? 0 })
    return { response: answer.response ?? options.cancelId ?? 0, checkboxChecked: answer.checkboxChecked ?? false }
  }
  showErrorBox(title: string, content: string): void {
    this.policy.journal.write({ kind: 'dialog', dialog: 'error', title, content })
    process.stderr.write(`${title}\n${content}\n`)
  }

  /** Takes an answer: for the dialog that waits, or for the next one. */
  answer(answer: DialogAnswer): void {
    const waiting = this.waiting.shift()
    if (waiting) waiting(answer)
    else this.answers.push(answer)
  }

  private async ask(dialog: string, options: object, withScreen: DialogAnswer): Promise<DialogAnswer> {
    this.policy.journal.write({ kind: 'dialog', dialog, options })
    const ready = this.answers.shift()
    const answer = ready ?? (this.policy.headless ? await this.wait() : withScreen)
    this.policy.journal.write({ kind: 'dialog-answered', dialog, answer })
    return answer
  }
  private wait(): Promise<DialogAnswer> {
    return new Promise((resolve) => {
      const settle = (answer: DialogAnswer) => {
        clearTimeout(timer)
        resolve(answer)
      }
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(settle), 1)
        resolve({ canceled: true })
      }, this.policy.patienceMs)
      this.waiting.push(settle)
    })
  }
}
