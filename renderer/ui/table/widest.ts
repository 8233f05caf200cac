import type { TableColumn } from './types'

/** What a cell's own padding takes of its width, and in a head the arrow of its order besides. */
const PADDING = 17
const SORT_MARK = 20

interface Widest<Row> {
  box: HTMLElement
  column: TableColumn<Row>
  /** Its place among the cells of a row. */
  place: number
  rows: readonly Row[]
  rowOf: (element: HTMLElement) => Row | undefined
}

const contentWidth = (element: Element): number => {
  const range = document.createRange()
  range.selectNodeContents(element)
  return range.getBoundingClientRect().width
}

/** Lays texts out unseen, as a cell like this one draws them; the widest line is the answer. */
const layingOut = (box: HTMLElement, sample: Element | undefined) => {
  const probe = document.createElement('div')
  const { font, letterSpacing } = getComputedStyle(sample ?? box)
  Object.assign(probe.style, { position: 'absolute', visibility: 'hidden', width: 'max-content', whiteSpace: 'pre', font, letterSpacing })
  box.append(probe)
  return {
    width: (texts: readonly string[]): number => {
      probe.textContent = texts.map((text) => text.replace(/\s+/g, ' ')).join('\n')
      return probe.getBoundingClientRect().width
    },
    end: () => probe.remove(),
  }
}

/**
 * How wide a column has to be for all that is loaded of it: its head, the plain text of every loaded row, and what cells
 * in view hold beside their text (a mark, a second name).
 */
export const widestOf = <Row>({ box, column, place, rows, rowOf }: Widest<Row>): number => {
  const cells = [...box.querySelectorAll<HTMLElement>('.tbody .tr:not(.head):not(.wait)')].flatMap((line) => {
    const cell = line.children[place]
    const row = rowOf(line)
    return cell && row !== undefined ? [{ cell, row }] : []
  })
  const lines = layingOut(box, cells[0]?.cell.querySelector('a, b') ?? cells[0]?.cell)
  const beside = cells.map(({ cell, row }) => {
    const width = contentWidth(cell)
    // What fills its cell says nothing of how wide it wants to be.
    const fills = Math.abs(width - (cell.clientWidth - PADDING + 1)) < 1
    return fills ? 0 : width - lines.width([column.text(row)])
  })
  const text = lines.width(rows.map(column.text))
  lines.end()
  const head = box.querySelectorAll('.thead > *')[place]?.querySelector('.truncate')
  return Math.ceil(Math.max(text + Math.max(0, ...beside), head ? contentWidth(head) + SORT_MARK : 0) + PADDING)
}
