/** A reader of its own: fields by `separator`, quotes doubled, lines by CRLF, a byte order mark first. */
export const readCsv = (text: string, separator = ';'): string[][] => {
  const rows: string[][] = [[]]
  let field = ''
  let quoted = false
  const source = text.replace(/^\uFEFF/, '')
  for (let at = 0; at < source.length; at++) {
    const char = source[at] ?? ''
    if (quoted && char === '"' && source[at + 1] === '"') field += source[++at] ?? ''
    else if (char === '"') quoted = !quoted
    else if (!quoted && (char === separator || char === '\n')) {
      rows.at(-1)?.push(field.replace(/\r$/, ''))
      field = ''
      if (char === '\n') rows.push([])
    } else field += char
  }
  return rows.filter((row) => row.length > 0)
}
