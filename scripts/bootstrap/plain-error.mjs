/** Something a person can act on: printed as one sentence, with no stack. */
export class PlainError extends Error {
  /** @param {string} message @param {number} [exitCode] */
  constructor(message, exitCode = 1) {
    super(message)
    this.name = 'PlainError'
    this.exitCode = exitCode
  }
}

/**
 * Runs a command's body and turns its failure into one sentence and an exit code.
 * @param {() => Promise<number | void>} body
 */
export const runCommand = async (body) => {
  try {
    process.exitCode = (await body()) ?? 0
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = error.exitCode
  }
}
