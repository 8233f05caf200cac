/** What a platform may write has no end; what one row of a list shows of it has. */
export const cutText = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`)
