import { defineComponent, h, type PropType, type Slots, type VNode } from 'vue'
import { useUi } from '../context'
import Icon from '../Icon'
import type { LineHead, TableColumn } from './types'

/**
 * One row, as few elements as it can be. It draws again only when its own props change: scrolling by a row draws one
 * row, not the table.
 */
export const TableRow = defineComponent({
  name: 'TableRow',
  props: {
    row: { type: Object as PropType<object | undefined>, default: undefined },
    index: { type: Number, required: true },
    columns: { type: Array as PropType<readonly TableColumn<unknown>[]>, required: true },
    cells: { type: Object as PropType<Slots>, required: true },
    head: { type: Object as PropType<LineHead<unknown> | undefined>, default: undefined },
    rowId: { type: String, required: true },
    name: { type: String, required: true },
    check: Boolean,
    menu: Boolean,
    /** It can never be chosen. */
    fixed: Boolean,
    chosen: Boolean,
    open: Boolean,
    active: Boolean,
    hot: Boolean,
    tone: { type: String, default: '' },
  },
  setup: (props) => {
    const ui = useUi()
    /** One cell over the columns up to the first figure, then the figures under their own columns. */
    const headLine = (head: LineHead<unknown>, row: object): VNode => {
      const first = props.columns.findIndex(({ key }) => head.figures[key])
      const span = (first < 0 ? props.columns.length : first) + (props.check ? 1 : 0)
      const label = h('span', { class: 'tc tc-head', role: 'rowheader', style: { gridColumn: `span ${String(Math.max(1, span))}` } }, [
        head.label(row),
      ])
      const figures = first < 0 ? [] : props.columns.slice(first)
      const cells = figures.map(({ key, end }) =>
        h('span', { class: ['tc', end && 'num'], role: 'gridcell', key }, [head.figures[key]?.(row) ?? '']),
      )
      return h('div', { id: props.rowId, class: 'tr head', role: 'row', 'aria-rowindex': props.index + 2 }, [label, ...cells])
    }
    return () => {
      const row = props.row
      if (props.head && row !== undefined) return headLine(props.head, row)
      const cells: VNode[] = []
      if (props.check) {
        cells.push(
          h('span', { class: 'tc-check', role: 'gridcell' }, [
            row === undefined || props.fixed
              ? undefined
              : h('input', {
                  type: 'checkbox',
                  class: 'box-check',
                  checked: props.chosen,
                  tabindex: -1,
                  'aria-label': ui.text('selectRow', { name: props.name }),
                  'data-check': '',
                }),
          ]),
        )
      }
      for (const column of props.columns) {
        const slot = props.cells[`cell-${column.key}`]
        const first = column === props.columns[0]
        cells.push(
          h(
            'span',
            { class: ['tc', column.end && 'num', first && 'tc-first'], role: first ? 'rowheader' : 'gridcell', key: column.key },
            row === undefined
              ? first
                ? [h('i', { class: 'tc-wait' })]
                : []
              : slot
                ? slot({ row, index: props.index })
                : [column.text(row)],
          ),
        )
      }
      if (props.menu && row !== undefined && (props.open || props.active || props.hot)) {
        const button = h(
          'button',
          {
            type: 'button',
            class: 'icon-btn',
            tabindex: -1,
            'aria-label': ui.text('rowActions', { name: props.name }),
            'aria-haspopup': 'menu',
            'data-menu': '',
          },
          [h(Icon, { name: 'i-lucide-ellipsis' })],
        )
        cells.push(h('span', { class: 'tc-menu', role: 'gridcell', key: ' menu' }, [button]))
      }
      return h(
        'div',
        {
          id: props.rowId,
          class: ['tr', { chosen: props.chosen, open: props.open, active: props.active, wait: row === undefined }, props.tone],
          role: 'row',
          'aria-rowindex': props.index + 2,
          'aria-selected': props.check ? props.chosen : props.open,
          'aria-busy': row === undefined ? true : undefined,
          'data-index': props.index,
        },
        cells,
      )
    }
  },
})
