/** What an entity's fields may hold, and so what the contract between core and window lets through: what can be stored can be shown. */

/** Letters of an id. */
export const ID_LENGTH = 200
/** Letters of a name or text. */
export const TEXT_LENGTH = 10_000
/** Times of a platform, UTC ms. Outside stand the ways in which "never" is written: Go's zero time, the year 9999. */
export const EARLIEST_TIME = 0
export const LATEST_TIME = Date.UTC(2200, 0, 1)
/** The last moment that a date can name: alerts and figures may be asked for at any. */
export const LAST_MOMENT = 8_640_000_000_000_000
/** Sizes, counts, speeds and limits. Sums over all rows of a deployment stay finite. */
export const LARGEST_QUANTITY = 1_000_000_000_000
/** Money, in minor units: the sum over all contracts of a deployment stays exact. */
export const LARGEST_AMOUNT = 10_000_000_000_000
