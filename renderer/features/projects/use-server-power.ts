import { api, ApiError } from '@renderer/api/client'
import { useSync } from '@renderer/api/sync'
import { useQuery } from '@renderer/api/use-query'
import { useText } from '@renderer/locales'
import { useErrorWords } from '@renderer/locales/error-words'
import { useToasts } from '@renderer/ui/use-toasts'
import type { PowerOrder } from '@shared/domain/codes'
import type { TreeRow } from '@shared/ipc/project-tree'
import type { ServerWork } from '@shared/ipc/servers'
import { computed, ref } from 'vue'

type ServerRow = Extract<TreeRow, { kind: 'server' }>
export const serverIdOf = ({ key }: Pick<TreeRow, 'key'>): string => key.slice('server '.length)

/** Switching the servers of one client: what may be asked, what is under way, how it ended. */
export const useServerPower = (owner: () => { connectionId: string; clientId: string | null }) => {
  const t = useText()
  const words = useErrorWords()
  const toasts = useToasts()
  const sync = useSync()
  const work = useQuery({
    input: owner,
    load: (input) => api.servers.work(input),
    follow: ['servers'],
    connectionId: () => owner().connectionId,
  })
  const offline = computed(() => sync.rows.find((row) => row.connectionId === owner().connectionId)?.online === false)
  const byServer = computed(() => new Map((work.data.value?.rows ?? []).map((row) => [row.serverId, row])))
  /** What is asked before it is sent: an order that stops work. */
  const asked = ref<{ row: ServerRow; order: PowerOrder } | null>(null)
  const busy = ref(false)
  const failure = ref('')

  const workOf = (row: TreeRow | undefined): ServerWork | null =>
    row?.kind === 'server' ? (byServer.value.get(serverIdOf(row)) ?? null) : null
  const underWay = (row: ServerRow): boolean => {
    const state = workOf(row)?.state
    return state === 'sending' || state === 'running' || state === 'unknown'
  }
  /** null: it can be done. */
  const whyNot = (row: ServerRow, order: PowerOrder): string | null => {
    if (offline.value) return t('servers.offline')
    if (underWay(row)) return t('servers.underWay')
    if (row.locked) return t('client.projects.locked')
    if (order === 'on' && row.power === true) return t('servers.isOn')
    if (order !== 'on' && row.power === false) return t('servers.isOff')
    return null
  }
  const send = async (row: ServerRow, order: PowerOrder): Promise<void> => {
    busy.value = true
    failure.value = ''
    try {
      await api.servers.order({ ...owner(), serverId: serverIdOf(row), order })
      asked.value = null
      toasts.done(t(`servers.taken.${order}`, { name: row.name }))
    } catch (error) {
      const said = words(ApiError.from(error))
      const text = [said.theirs, said.todo].filter(Boolean).join(' ')
      if (asked.value) failure.value = [said.title, text].join(' ')
      else toasts.failed(said.title, text)
    } finally {
      busy.value = false
      void work.reload()
    }
  }
  const ask = (row: ServerRow, order: PowerOrder): void => {
    failure.value = ''
    if (order === 'on') void send(row, order)
    else asked.value = { row, order }
  }
  return {
    offered: computed(() => work.data.value?.offered === true),
    asked,
    busy,
    failure,
    workOf,
    whyNot,
    ask,
    confirm: async (): Promise<void> => {
      if (asked.value) await send(asked.value.row, asked.value.order)
    },
    seen: async (done: ServerWork): Promise<void> => {
      await api.servers.seen({ commandId: done.commandId }).catch(() => undefined)
      await work.reload()
    },
  }
}
export type ServerPower = ReturnType<typeof useServerPower>
