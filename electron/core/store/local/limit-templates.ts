import type { LimitTemplate, TemplateValue } from '@shared/domain/limit-templates'
import { limitTypes } from '@shared/domain/limits'
import { all, run, sql, type Db } from '../sql'

/** As many as a list can show. */
const MOST = 200

interface Row {
  id: string
  name: string
  contents: string
}

/** A value that this version cannot read costs itself only. */
const valuesOf = (contents: string): TemplateValue[] => {
  const stored: unknown = JSON.parse(contents)
  return Array.isArray(stored) ? stored.filter(isValue) : []
}
const isValue = (value: unknown): value is TemplateValue => {
  if (typeof value !== 'object' || value === null) return false
  const { hypervisor, type, value: limit } = value as Partial<Record<keyof TemplateValue, unknown>>
  return typeof hypervisor === 'string' && limitTypes.some((known) => known === type) && Number.isInteger(limit) && Number(limit) >= 0
}

export const listTemplates = (local: Db): LimitTemplate[] =>
  all<Row>(local, sql`SELECT id, name, contents FROM limit_template ORDER BY created_at, id LIMIT ${MOST}`).map(({ contents, ...row }) => ({
    ...row,
    values: valuesOf(contents),
  }))

/** Saving under a name that exists replaces that template. */
export const saveTemplate = (local: Db, template: LimitTemplate, at: number): LimitTemplate => {
  const existing = all<{ id: string }>(local, sql`SELECT id FROM limit_template WHERE name = ${template.name}`)[0]
  const saved = { ...template, id: existing?.id ?? template.id }
  run(
    local,
    sql`INSERT INTO limit_template (id, name, contents, created_at) VALUES (${saved.id}, ${saved.name}, ${JSON.stringify(saved.values)}, ${at})
      ON CONFLICT (id) DO UPDATE SET contents = excluded.contents`,
  )
  return saved
}

export const removeTemplate = (local: Db, id: string): number => run(local, sql`DELETE FROM limit_template WHERE id = ${id}`).changes
