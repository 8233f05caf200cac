/** Leaves room for the rest of an answer below the largest message that may cross (256 KB). */
const MOST_BYTES = 200 * 1024

/**
 * The first rows that fit into one message. What is left out is never silent: the answer's `total` counts every row, and
 * the screen says how many of them it shows.
 */
export const boundedRows = <T>(rows: readonly T[], mostBytes: number = MOST_BYTES): T[] => {
  const kept: T[] = []
  let bytes = 0
  for (const row of rows) {
    bytes += Buffer.byteLength(JSON.stringify(row)) + 1
    if (bytes > mostBytes && kept.length > 0) break
    kept.push(row)
  }
  return kept
}
