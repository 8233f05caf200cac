/** Rows that can be named one by one in one message; more are chosen by leaving out the others. */
export const MOST_CHOSEN = 6000
