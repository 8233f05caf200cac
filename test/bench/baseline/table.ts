import { useVirtualizer } from '@tanstack/vue-virtual'
import { createApp, defineComponent, h, ref } from 'vue'

/** A virtualised list with nothing around it: eight columns of text, rows of a fixed height. */
const COLUMNS = ['id', 'name', 'inn', 'plan', 'balance', 'credit', 'state', 'updated'] as const
type BaselineRow = Record<(typeof COLUMNS)[number], string>

const rowOf = (n: number): BaselineRow => ({
  id: `cl-${String(n)}`,
  name: `ООО «Ромашка» № ${String(n)}`,
  inn: String(7_700_000_000 + n),
  plan: `t${String(n % 40)}`,
  balance: (((n * 13) % 1_000_000) / 100).toFixed(2),
  credit: String((n % 50) * 1000),
  state: ['active', 'blocked', 'trial'][n % 3] ?? '',
  updated: new Date(17e11 + n * 1000).toISOString(),
})

const list = (count: number) =>
  defineComponent(() => {
    const area = ref<HTMLElement | null>(null)
    const rows = useVirtualizer({ count, getScrollElement: () => area.value, estimateSize: () => 32, overscan: 8 })
    const cell = (text: string) => h('div', { style: 'width:150px;overflow:hidden;white-space:nowrap' }, text)
    const line = (index: number, top: number) => {
      const row = rowOf(index)
      const style = `position:absolute;top:0;left:0;height:32px;width:100%;display:flex;transform:translateY(${String(top)}px)`
      return h(
        'div',
        { key: index, style },
        COLUMNS.map((name) => cell(row[name])),
      )
    }
    return () =>
      h('div', { ref: area, id: 'area', style: 'height:640px;overflow:auto;contain:strict' }, [
        h(
          'div',
          { id: 'body', style: `height:${String(rows.value.getTotalSize())}px;position:relative` },
          rows.value.getVirtualItems().map((item) => line(item.index, item.start)),
        ),
      ])
  })

Object.assign(window, { benchMount: (count: number) => createApp(list(count)).mount('#app') })
