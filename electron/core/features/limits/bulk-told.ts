import type { BulkRule } from '@shared/domain/bulk-rules'
import type { LimitTemplate } from '@shared/domain/limit-templates'
import type { ToldRule } from '@shared/ipc/batches'

interface Names {
  hypervisors: readonly { id: string; name: string }[]
  templates: readonly LimitTemplate[]
}

/** Rules with the names of today: what a batch's page tells long after a template or a hypervisor is gone. */
export const toldRules = (rules: readonly BulkRule[], { hypervisors, templates }: Names): ToldRule[] => {
  const nothing = { hypervisor: null, type: null, number: null, percent: false, step: 1, template: null }
  return rules.map((rule) => {
    if (rule.act === 'template')
      return { ...nothing, act: rule.act, template: templates.find(({ id }) => id === rule.templateId)?.name ?? '' }
    const { hypervisorId, type, act } = rule
    const hypervisor = hypervisorId === null ? null : (hypervisors.find(({ id }) => id === hypervisorId)?.name ?? hypervisorId)
    const where = { ...nothing, act, type, hypervisor }
    if ('by' in rule) return { ...where, number: rule.by, percent: rule.unit === 'percent', step: rule.step }
    return 'value' in rule ? { ...where, number: rule.value } : where
  })
}

/** In one line and no language, for the action log and should the file lose it. */
export const ruleWords = ({ act, hypervisor, type, number, percent, template }: ToldRule): string =>
  act === 'template'
    ? `template ${template ?? ''}`
    : [type, hypervisor ?? '*', act, number === null ? '' : `${String(number)}${percent ? '%' : ''}`]
        .filter((part) => part !== '')
        .join(' ')
