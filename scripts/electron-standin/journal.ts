import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** What a person would have seen or heard of the system: one JSON line each. */
export type JournalLine = { kind: string } & Record<string, unknown>

export class Journal {
  private readonly folder: () => string

  /** @param folder - asked at every line: main may still move its data folder while it starts. */
  constructor(folder: () => string) {
    this.folder = folder
  }
  write(line: JournalLine): void {
    const folder = this.folder()
    mkdirSync(folder, { recursive: true })
    appendFileSync(join(folder, 'standin-events.jsonl'), `${JSON.stringify({ at: Date.now(), ...line })}\n`, { mode: 0o600 })
  }
}
