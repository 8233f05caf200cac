import { api } from '@renderer/api/client'
import { useConnections } from '@renderer/api/connections'
import { useReadAhead } from '@renderer/api/read-ahead'
import { useQuery } from '@renderer/api/use-query'
import { datasets } from '@shared/domain/dataset-names'
import type { LimitType } from '@shared/domain/limits'
import { computed, ref, watch } from 'vue'
import { FIRST_PERIOD, type Period } from './read-ahead'

/** The dashboard of the chosen connection: three questions, each following its own datasets. */
export const useDashboard = () => {
  const connections = useConnections()
  const ahead = useReadAhead()
  const connectionId = computed(() => connections.currentId)
  const hypervisorId = ref<string | null>(null)
  const period = ref<Period>(FIRST_PERIOD)
  const asked = ref<LimitType | null>(null)

  const summary = useQuery({
    input: () => (connectionId.value === null ? null : { connectionId: connectionId.value, hypervisorId: hypervisorId.value }),
    load: (input) => ahead.take('dashboard', 'summary', input),
    known: (input) => ahead.takeAnswer('dashboard', 'summary', input),
    follow: [...datasets],
    connectionId: () => connectionId.value,
  })
  const series = useQuery({
    input: () =>
      connectionId.value === null ? null : { connectionId: connectionId.value, hypervisorId: hypervisorId.value, period: period.value },
    load: (input) => ahead.take('dashboard', 'series', input),
    known: (input) => ahead.takeAnswer('dashboard', 'series', input),
    follow: ['servers', 'vdcs', 'statistics'],
    connectionId: () => connectionId.value,
  })
  const contributors = useQuery({
    input: () =>
      connectionId.value === null || asked.value === null
        ? null
        : { connectionId: connectionId.value, type: asked.value, hypervisorId: hypervisorId.value },
    load: (input) => api.dashboard.contributors(input),
    follow: ['clients', 'projects', 'vdcs', 'servers', 'disks', 'networks', 'routers', 'ports', 'limits'],
    connectionId: () => connectionId.value,
  })
  watch(connectionId, () => {
    hypervisorId.value = null
    asked.value = null
  })
  return { connectionId, hypervisorId, period, asked, summary, series, contributors }
}
