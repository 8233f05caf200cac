import type { ClientRow } from '@shared/ipc/rows'
import type { Cell } from './csv'

type Language = 'ru' | 'en'
interface Column {
  title: Record<Language, string>
  cell: (row: ClientRow, language: Language) => Cell
}

/** Money in major units, from whole minor ones: exact to the last kopeck. */
const major = (minor: number): number => minor / 100

/** The day that the list shows: this computer's own. */
const date = (at: number | null, language: Language): Cell => {
  if (at === null) return null
  const there = new Date(at)
  const [year, month, day] = [there.getFullYear(), there.getMonth() + 1, there.getDate()].map((part) => String(part).padStart(2, '0'))
  return language === 'ru' ? `${day ?? ''}.${month ?? ''}.${year ?? ''}` : `${year ?? ''}-${month ?? ''}-${day ?? ''}`
}
const statuses = {
  managed: { ru: 'Управляется', en: 'Managed' },
  unmanaged: { ru: 'Никем не управляется', en: 'Managed by nobody' },
}
/** The platform's code in words, by the rule of the list; a code of a third kind stays as it is. */
const modelOf = (code: string, language: Language): string => {
  if (/^pre/i.test(code)) return language === 'ru' ? 'Предоплата' : 'Prepaid'
  if (/^post/i.test(code)) return language === 'ru' ? 'Постоплата' : 'Postpaid'
  return code
}

/** Every column that the clients list can show, under the name that it has there. */
const columns: Record<string, Column> = {
  name: { title: { ru: 'Имя', en: 'Name' }, cell: (row) => row.name },
  status: {
    title: { ru: 'Статус', en: 'Status' },
    cell: ({ unmanaged }, language) => (unmanaged === null ? null : statuses[unmanaged ? 'unmanaged' : 'managed'][language]),
  },
  created: { title: { ru: 'Создан', en: 'Created' }, cell: (row, language) => date(row.createdAt, language) },
  contract: { title: { ru: 'Контракт', en: 'Contract' }, cell: (row) => row.contractName },
  balance: { title: { ru: 'Баланс', en: 'Balance' }, cell: (row) => (row.balance === null ? null : major(row.balance.minor)) },
  currency: { title: { ru: 'Валюта', en: 'Currency' }, cell: (row) => row.balance?.currency ?? null },
  plan: { title: { ru: 'Тарифный план', en: 'Tariff plan' }, cell: (row) => row.planName },
  paymentModel: {
    title: { ru: 'Модель оплаты', en: 'Payment model' },
    cell: (row, language) => (row.paymentModel === null ? null : modelOf(row.paymentModel, language)),
  },
  projects: { title: { ru: 'Количество проектов', en: 'Projects' }, cell: (row) => row.projects },
  partner: { title: { ru: 'Партнер', en: 'Partner' }, cell: (row) => row.partnerName },
  servers: { title: { ru: 'Серверы', en: 'Servers' }, cell: (row) => row.servers },
  cpu: { title: { ru: 'CPU', en: 'CPU' }, cell: (row) => row.cpu },
  ram: { title: { ru: 'RAM, ГБ', en: 'RAM, GB' }, cell: (row) => row.ramGb },
  volume: { title: { ru: 'Диски, ГБ', en: 'Disks, GB' }, cell: (row) => row.volumeGb },
  limit: {
    title: { ru: 'Лимит, %', en: 'Limit, %' },
    cell: ({ tightest }) =>
      tightest === null || tightest.use === null || tightest.limit <= 0 ? null : Math.round((tightest.use / tightest.limit) * 100),
  },
  notes: { title: { ru: 'Примечания', en: 'Notes' }, cell: (row) => row.notes },
  id: { title: { ru: 'ID', en: 'ID' }, cell: (row) => row.id },
}
const aliases: Record<string, string> = { createdAt: 'created', ramGb: 'ram', volumeGb: 'volume', limits: 'limit', tightest: 'limit' }

/** The columns asked for, in that order; a balance brings its currency along, so that no sum stands without one. */
export const columnsFor = (names: readonly string[]): Column[] =>
  names
    .map((name) => (Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name))
    .flatMap((name) => (name === 'balance' && !names.includes('currency') ? ['balance', 'currency'] : [name]))
    .flatMap((name) => (Object.hasOwn(columns, name) ? (columns[name] ?? []) : []))
