/**
 * `NODE_OPTIONS=--import …`: the program's own processes live this many milliseconds ahead, as if that time had passed.
 * It stands in for an hour in which the program was closed, or for the part of a minute that a test need not wait.
 */
const ahead = Number(process.env['PARTNER_CONSOLE_TEST_AHEAD_MS'] ?? 0)
const Real = Date
globalThis.Date = class extends Real {
  /** @param {[]} given */
  constructor(...given) {
    if (given.length === 0) super(Real.now() + ahead)
    else super(...given)
  }
  static now() {
    return Real.now() + ahead
  }
}
