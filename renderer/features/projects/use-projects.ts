import { api } from '@renderer/api/client'
import { followChanges, useQuery } from '@renderer/api/use-query'
import { useWindowSource } from '@renderer/ui/table/window-source'
import type { Output } from '@shared/ipc/contract'
import type { Folds, TreeRow } from '@shared/ipc/project-tree'
import { computed, ref, shallowRef } from 'vue'

type Answer = Output<'clients', 'projects'>
const usual: Folds = { base: 'usual', turned: [] }
/** More rows turned over by hand than this are forgotten, oldest first. */
const MOST_TURNED = 1000
const follow = ['clients', 'projects', 'vdcs', 'servers', 'disks', 'networks', 'routers', 'ports'] as const

/** A client's projects as a tree, read a window at a time; which rows stand open is this person's own doing. */
export const useProjects = (owner: () => { connectionId: string; clientId: string | null }) => {
  const text = ref('')
  const folds = shallowRef<Folds>(usual)
  const source = useWindowSource<{ connectionId: string; clientId: string | null; text: string }, TreeRow, Answer>({
    query: () => ({ ...owner(), text: text.value.trim() }),
    load: (query, offset, limit) => api.clients.projects({ ...query, folds: folds.value, offset, limit }),
  })
  followChanges(follow, source.reload, () => owner().connectionId)
  const client = useQuery({
    input: () => {
      const { connectionId, clientId } = owner()
      return clientId === null ? null : { connectionId, clientId }
    },
    load: (input) => api.clients.get(input),
    follow: ['clients'],
    connectionId: () => owner().connectionId,
  })
  const refold = (next: Folds): void => {
    folds.value = next
    source.reload()
  }
  const toggle = (key: string): void => {
    const { base, turned } = folds.value
    const left = turned.filter((other) => other !== key)
    refold({ base, turned: left.length < turned.length ? left : [...turned, key].slice(-MOST_TURNED) })
  }
  const foldAll = (open: boolean): void => refold({ base: open ? 'open' : 'shut', turned: [] })
  const answer = computed(() => source.answer.value)
  return { source, answer, client, text, toggle, foldAll }
}
