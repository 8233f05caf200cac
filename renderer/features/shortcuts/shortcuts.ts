import type { TextKey } from '@renderer/locales'

export interface Shortcut {
  what: TextKey
  /** Several ways are alternatives. */
  ways: readonly (readonly string[])[]
}
const go = (what: TextKey, key: string): Shortcut => ({ what, ways: [['G', key]] })

export const shortcutGroups: readonly { title: TextKey; items: readonly Shortcut[] }[] = [
  {
    title: 'shortcuts.group.window',
    items: [
      { what: 'shortcuts.item.palette', ways: [['mod', 'K']] },
      { what: 'shortcuts.item.sheet', ways: [['F1'], ['?'], ['mod', '/']] },
      { what: 'shortcuts.item.settings', ways: [['mod', ',']] },
      { what: 'shortcuts.item.close', ways: [['Esc']] },
    ],
  },
  {
    title: 'shortcuts.group.go',
    items: [
      go('shortcuts.item.dashboard', 'D'),
      go('shortcuts.item.alerts', 'A'),
      go('shortcuts.item.clients', 'C'),
      go('shortcuts.item.contracts', 'K'),
      go('shortcuts.item.plans', 'P'),
      go('shortcuts.item.outbox', 'O'),
      go('shortcuts.item.sync', 'S'),
    ],
  },
  {
    title: 'shortcuts.group.table',
    items: [
      { what: 'shortcuts.item.walk', ways: [['up'], ['down']] },
      { what: 'shortcuts.item.page', ways: [['PgUp'], ['PgDn']] },
      { what: 'shortcuts.item.ends', ways: [['Home'], ['End']] },
      { what: 'shortcuts.item.open', ways: [['Enter']] },
      { what: 'shortcuts.item.select', ways: [['Space']] },
      {
        what: 'shortcuts.item.range',
        ways: [
          ['shift', 'up'],
          ['shift', 'down'],
        ],
      },
      { what: 'shortcuts.item.all', ways: [['mod', 'A']] },
      { what: 'shortcuts.item.copy', ways: [['mod', 'C']] },
      { what: 'shortcuts.item.menu', ways: [['shift', 'F10']] },
      {
        what: 'shortcuts.item.column',
        ways: [
          ['alt', 'left'],
          ['alt', 'right'],
        ],
      },
      {
        what: 'shortcuts.item.width',
        ways: [
          ['alt', 'shift', 'left'],
          ['alt', 'shift', 'right'],
        ],
      },
      { what: 'shortcuts.item.fit', ways: [['alt', 'Enter']] },
    ],
  },
  {
    title: 'shortcuts.group.card',
    items: [
      { what: 'shortcuts.item.note', ways: [['N']] },
      { what: 'shortcuts.item.send', ways: [['mod', 'Enter']] },
    ],
  },
]
