/** What a spreadsheet would run as a formula, also when blanks stand before it. */
const FORMULA = /^[\s\u00A0]*[=+\-@\t\r\0|＝＋－＠]/

/** A leading apostrophe turns a formula back into text; NUL ends a field for some readers, so it goes. */
export const harmless = (text: string): string => (FORMULA.test(text) ? `'${text.replaceAll('\0', '')}` : text.replaceAll('\0', ''))
