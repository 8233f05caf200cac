import type { LimitType } from '@shared/domain/limits'
import type { z } from 'zod'
import type { ClientRow as ClientRowSchema, LimitUse as LimitUseSchema } from '@shared/ipc/rows'
import { noise, pick, whole } from './random'

export type ClientRow = z.infer<typeof ClientRowSchema>
export type LimitUse = z.infer<typeof LimitUseSchema>

export const NOW = Date.now()
export const DAY = 86_400_000
export const CONNECTION = 'conn-north'
const forms = ['ООО', 'АО', 'ПАО', 'ООО', 'ООО']
const stems = [
  'Гранит',
  'Орион',
  'Нева-Логистик',
  'Стройинвест',
  'Аквамарин',
  'Кубань Агро',
  'Точка роста',
  'Каскад',
  'Датаполе',
  'Зелёная линия',
  'Вектор',
  'Медиана',
  'Ремтехпром',
  'Ладога',
  'Волжский берег',
  'Лесной двор',
  'Фармаблок',
  'Энергия Юга',
  'Атлант',
  'Квадрат',
  'Сибирский кедр',
  'Балтик Транс',
  'Полюс',
  'Айсберг',
  'Технолайн',
  'Северный путь',
]
const tails = ['', ' Плюс', ' Групп', '-Сервис', '-Медиа', ' Север', ' Юг', '-Ритейл', '-Софт', '-Логистика']
export const plans = ['Бизнес 2025', 'Стандарт KVM', 'Стандарт ESXi', 'Старт', 'Корпоративный', 'Волжский'].map((name, i) => ({
  id: `plan-${i + 1}`,
  name,
}))
export const partners = ['Северный ЦОД', 'Волга Телеком', 'Урал Облако'].map((name, i) => ({ id: `partner-${i + 1}`, name }))
export const hypervisors = [
  { id: 'hv-kvm', name: 'KVM Москва', type: 'kvm' },
  { id: 'hv-esxi', name: 'ESXi Казань', type: 'vmware' },
]
const kinds: LimitType[] = ['cpu', 'ram', 'ip', 'servers', 'volume', 'disks', 'networks', 'routers']

const state = (use: number, limit: number): 'ok' | 'near' | 'reached' | 'over' => {
  if (use > limit) return 'over'
  if (use === limit) return 'reached'
  return use / limit >= 0.8 ? 'near' : 'ok'
}
export const limitsOf = (i: number): LimitUse[] =>
  kinds.slice(0, 4 + (i % 5)).map((type, k) => {
    const limit = whole(2, 90, i, k, 1) * (type === 'ram' || type === 'volume' ? 16 : 1)
    const share = noise(i, k, 2)
    const use = share > 0.97 ? Math.round(limit * 1.05) + 1 : share > 0.93 ? limit : Math.floor(limit * share * 0.95)
    const hv = hypervisors[k % 2] ?? hypervisors[0]
    return { hypervisorId: hv?.id ?? '', hypervisorName: hv?.name ?? '', type, typeCode: type, limit, use, state: state(use, limit) }
  })

export const clientId = (i: number): string => `c-${String(i).padStart(7, '0')}`
export const indexOfClient = (id: string): number => Number(id.slice(2))
const person = (i: number): string =>
  `ИП ${pick(['Жданова', 'Воронцова', 'Соколов', 'Ермакова'], i, 9)} ${pick(['А. С.', 'О. И.', 'П. Н.', 'Е. В.'], i, 10)}`

/** The i-th client of a made-up list of any length. */
export const makeClient = (i: number): ClientRow => {
  const base =
    i % 17 === 9
      ? person(i)
      : `${pick(forms, i, 3)} «${stems[i % stems.length] ?? ''}${tails[Math.floor(i / stems.length) % tails.length] ?? ''}»`
  const generation = Math.floor(i / (stems.length * tails.length))
  const limits = limitsOf(i)
  const share = (l: LimitUse): number => (l.use ?? 0) / l.limit
  const tightest = limits.reduce((a, b) => (share(b) > share(a) ? b : a))
  const plan = pick(plans, i, 4)
  const partner = pick(partners, i, 5)
  const negative = noise(i, 6) < 0.06
  return {
    connectionId: CONNECTION,
    id: clientId(i),
    name: generation ? `${base} № ${generation + 1}` : base,
    createdAt: NOW - whole(3, 1600, i, 7) * DAY,
    partnerId: partner.id,
    partnerName: partner.name,
    contractId: `k-${String(i).padStart(7, '0')}`,
    contractName: `ДО-${2021 + (i % 5)}/${String(100 + (i % 9000)).padStart(4, '0')}`,
    balance: { minor: negative ? -whole(100_00, 260_000_00, i, 8) : whole(5_000_00, 1_500_000_00, i, 8), currency: 'RUB' },
    planId: plan.id,
    planName: plan.name,
    paymentModel: noise(i, 11) > 0.4 ? 'prepaid' : 'postpaid',
    projects: whole(1, 7, i, 12),
    servers: whole(1, 60, i, 13),
    cpu: whole(2, 240, i, 14),
    ramGb: whole(4, 900, i, 15),
    volumeGb: whole(40, 16_000, i, 16),
    unmanaged: noise(i, 17) < 0.04,
    tightest,
    limitsAt: NOW - whole(1, 180, i, 18) * 60_000,
    notes: whole(0, 5, i, 19),
  }
}
