import { placeKey, type LimitCells } from './limit-cells'
import type { LimitType } from './limits'

/** A set of limits of the person's own. Hypervisors by name: ids differ from deployment to deployment. */
export interface LimitTemplate {
  id: string
  name: string
  values: TemplateValue[]
}
export interface TemplateValue {
  hypervisor: string
  type: LimitType
  value: number
}
interface Named {
  id: string
  name: string
}

export const MOST_TEMPLATE_NAME = 80

/** What a template says of the hypervisors that are here, and the names of those that are not. */
export const templateCells = (
  { values }: Pick<LimitTemplate, 'values'>,
  hypervisors: readonly Named[],
): { cells: LimitCells; missing: string[] } => {
  const cells: LimitCells = {}
  const missing = new Set<string>()
  for (const { hypervisor, type, value } of values) {
    const found = hypervisors.find(({ name }) => name === hypervisor)
    if (found) cells[placeKey({ hypervisorId: found.id, type })] = value
    else missing.add(hypervisor)
  }
  return { cells, missing: [...missing] }
}

/** What is set of a client's limits, as a template. Places without a limit are left out: a template takes nothing away. */
export const templateOf = (cells: LimitCells, hypervisors: readonly Named[], types: readonly LimitType[]): TemplateValue[] =>
  hypervisors.flatMap(({ id, name }) =>
    types.flatMap((type) => {
      const value = cells[placeKey({ hypervisorId: id, type })] ?? null
      return value === null ? [] : [{ hypervisor: name, type, value }]
    }),
  )
