/**
 * Progress goes to standard error, so that a command's own output stays clean.
 * @param {string} text
 */
export const say = (text) => void process.stderr.write(`${text}\n`)

const seconds = (/** @type {number} */ since) => `${((Date.now() - since) / 1000).toFixed(1)} s`

/**
 * Says that a long step began, that it is still going on every 10 s, and how long it took.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const step = async (title, work) => {
  const since = Date.now()
  say(`${title}…`)
  const beat = setInterval(() => say(`  still at it, ${seconds(since)}`), 10_000)
  try {
    const result = await work()
    say(`  done in ${seconds(since)}`)
    return result
  } finally {
    clearInterval(beat)
  }
}
