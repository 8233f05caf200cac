import type { RowMenu } from './types'

/** A row's actions in the shape that the menu component takes. One that is off says why under its label. */
export const menuItems = <Row>(menu: RowMenu<Row> | undefined, row: Row | undefined) => {
  if (!menu || row === undefined) return []
  return menu(row).map((group) =>
    group.map((action) => ({
      label: action.label,
      icon: action.icon,
      onSelect: action.run,
      ...(action.danger ? { color: 'error' as const } : {}),
      ...(action.keys ? { kbds: action.keys } : {}),
      ...(action.reason ? { disabled: true, description: action.reason } : {}),
    })),
  )
}
