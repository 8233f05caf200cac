/** Rows that can be named one by one in one message; more are chosen by leaving out the others. */
export const MOST_CHOSEN = 6000
/** Letters that one copy may bring to the clipboard: some hundreds of rows, and well within one message. */
export const MOST_COPIED = 80_000
