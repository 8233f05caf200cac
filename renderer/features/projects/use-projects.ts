import { api } from '@renderer/api/client'
import { useQuery } from '@renderer/api/use-query'
import { computed, ref } from 'vue'
import { flatten, foldable, searchProjects, serversIn, sumsOf, type Node } from './tree'

/** A client's projects as a tree: projects and VDCs open, servers folded; a search opens what it found. */
export const useProjects = (key: () => { connectionId: string; clientId: string }) => {
  const query = useQuery({
    input: key,
    load: (input) => api.clients.projects(input),
    follow: ['projects', 'vdcs', 'servers', 'disks', 'networks', 'routers', 'ports'],
    connectionId: () => key().connectionId,
  })
  const client = useQuery({
    input: key,
    load: (input) => api.clients.get(input),
    follow: ['clients'],
    connectionId: () => key().connectionId,
  })
  const text = ref('')
  const all = computed(() => query.data.value?.projects ?? [])
  const found = computed(() => searchProjects(all.value, text.value))
  /** What a person turned over: projects and VDCs start open, servers folded. */
  const turned = ref(new Set<string>())
  const startsOpen = computed(() => new Set(all.value.flatMap((project) => [project.id, ...project.vdcs.map((vdc) => vdc.id)])))
  const isOpen = (id: string): boolean => (text.value.trim() ? !turned.value.has(id) : startsOpen.value.has(id) !== turned.value.has(id))
  const rows = computed<Node[]>(() => flatten(found.value, isOpen))
  const toggle = (id: string): void => {
    const next = new Set(turned.value)
    if (!next.delete(id)) next.add(id)
    turned.value = next
  }
  const foldAll = (open: boolean): void => {
    turned.value = new Set(foldable(all.value).filter((id) => isOpenByDefault(id) !== open))
  }
  const isOpenByDefault = (id: string): boolean => (text.value.trim() ? true : startsOpen.value.has(id))
  const totals = computed(() => ({ servers: serversIn(found.value), ...sumsOf(found.value.flatMap((project) => project.vdcs)) }))
  return { query, client, text, all, rows, isOpen, toggle, foldAll, totals }
}
