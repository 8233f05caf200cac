import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The test's own eyes on the program, which write down what a person was shown. */
const OWN_EYES = /standin-(events\.jsonl|endpoint\.json)$/

/** Every file that the program left in a folder. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !OWN_EYES.test(file))
