import { useConnections } from '@renderer/api/connections'
import { clientPath, contractPath, planPath, projectsPath } from '@renderer/api/record-paths'
import { useText } from '@renderer/locales'
import { useFormat } from '@renderer/ui/context'
import { foldText } from '@shared/domain/text'
import type { FoundRow } from '@shared/ipc/search'
import { computed, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import type { PaletteGroup, PaletteItem, PaletteScreen } from './types'
import { useCommands } from './use-commands'
import { useFound } from './use-found'

const CLIENTS = 5
const OTHERS = 8
const ICONS: Record<FoundRow['kind'], string> = {
  client: 'i-lucide-building-2',
  contract: 'i-lucide-file-text',
  tariff_plan: 'i-lucide-tags',
  server: 'i-lucide-server',
  account: 'i-lucide-user',
  payment: 'i-lucide-credit-card',
  ticket: 'i-lucide-life-buoy',
  event: 'i-lucide-list',
}

/** In their own list: open beside it, or as the one that is looked for. */
const inList = ({ kind, connectionId, id }: FoundRow, typed: string): string | null => {
  if (kind === 'ticket') return `/tickets?open=${encodeURIComponent(`${connectionId}/${id}`)}&q=${encodeURIComponent(typed)}`
  if (kind === 'payment') return `/payments?q=${encodeURIComponent(id.slice(0, 8))}`
  return kind === 'event' ? `/events?q=${encodeURIComponent(typed)}` : null
}
const placeOf = (row: FoundRow, typed: string): string => {
  const listed = inList(row, typed)
  if (listed !== null) return listed
  if (row.kind === 'contract') return contractPath(row)
  if (row.kind === 'tariff_plan') return planPath(row)
  if (row.kind === 'client') return clientPath(row)
  const client = row.clientId === null ? null : { connectionId: row.connectionId, id: row.clientId }
  if (client === null) return row.kind === 'account' ? `/users?q=${encodeURIComponent(row.title)}` : '/clients'
  return row.kind === 'server' ? projectsPath(client) : `${clientPath(client)}?tab=access`
}

/** One of each kind before the second of any: a name that is in every event hides no ticket. */
export const firstOfEach = (rows: readonly FoundRow[]): FoundRow[] => {
  const seen = new Map<string, number>()
  const placed = rows.map((row) => {
    const place = seen.get(row.kind) ?? 0
    seen.set(row.kind, place + 1)
    return { row, place }
  })
  return placed.toSorted((a, b) => a.place - b.place).map(({ row }) => row)
}

/** Everything that the palette shows for what is typed, in groups, and which item stands under the keyboard. */
export const usePalette = (options: { close: () => void; shortcuts: () => void; screens: readonly PaletteScreen[] }) => {
  const t = useText()
  const f = useFormat()
  const router = useRouter()
  const connections = useConnections()
  const typed = ref('')
  const at = ref(0)
  const { rows, totalClients, answered } = useFound(typed)
  const commands = useCommands({ shortcuts: options.shortcuts, places: options.screens })

  /** Whose a found record is: said where there is more than one connection. */
  const ownerOf = ({ connectionId }: FoundRow): Pick<PaletteItem, 'owner'> => {
    const owner = connections.rows.length > 1 ? connections.byId(connectionId) : null
    return owner === null ? {} : { owner: { name: owner.name, color: owner.color } }
  }
  const open = async (row: FoundRow): Promise<void> => {
    await router.push(placeOf(row, typed.value.trim()))
    // A list does not name its connection in the address as a record does.
    if (row.connectionId !== connections.currentId) await connections.choose(row.connectionId)
  }
  const asItem = (row: FoundRow): PaletteItem => ({
    key: `${row.kind}:${row.connectionId}:${row.id}`,
    icon: ICONS[row.kind],
    label: row.title,
    hint: row.kind === 'client' ? row.hint : [t(`palette.kind.${row.kind}`), row.hint].filter(Boolean).join(', '),
    ...(row.kind === 'client' ? { balance: row.balance } : {}),
    ...ownerOf(row),
    run: () => void open(row),
  })
  const matches = (item: PaletteItem): boolean => {
    const text = foldText(typed.value)
    return text === '' || foldText(item.label).includes(text) || (text.length > 2 && foldText(item.hint).includes(text))
  }
  const group = (key: PaletteGroup['key'], title: string, items: PaletteItem[], aside = ''): PaletteGroup[] =>
    items.length ? [{ key, title, aside, items }] : []
  const groups = computed<PaletteGroup[]>(() => {
    const clients = rows.value.filter((row) => row.kind === 'client')
    const others = firstOfEach(rows.value.filter((row) => row.kind !== 'client')).slice(0, OTHERS)
    const first = clients[0]
    const shown = Math.min(CLIENTS, clients.length)
    const screens = commands.screens().filter(matches)
    const actions = commands
      .actions(typed.value.trim() ? first : undefined)
      .filter((item) => matches(item) || (first !== undefined && item.hint === first.title))
    return [
      ...group(
        'clients',
        t('palette.clients'),
        clients.slice(0, CLIENTS).map(asItem),
        t('palette.count', { n: f.num(shown), of: f.num(totalClients.value) }),
      ),
      ...group('other', t('palette.other'), others.map(asItem)),
      ...group('screens', t('palette.screens'), typed.value.trim() ? screens : screens.slice(0, 8)),
      ...group('actions', t('palette.actions'), actions),
    ]
  })
  const items = computed(() => groups.value.flatMap((part) => part.items))
  watch([typed, answered], () => (at.value = 0))
  const run = (item: PaletteItem | undefined): void => {
    if (!item || item.reason) return
    options.close()
    item.run()
  }
  const move = (by: number): void => {
    if (items.value.length) at.value = (at.value + by + items.value.length) % items.value.length
  }
  return { typed, at, groups, items, run, move, runCurrent: () => run(items.value[at.value]) }
}
