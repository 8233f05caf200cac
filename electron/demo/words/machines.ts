import type { Random } from '../random'

const ROLES = [
  'web',
  'app',
  'db',
  'mail',
  'files',
  '1c',
  'rdp',
  'backup',
  'proxy',
  'git',
  'monitor',
  'crm',
  'erp',
  'test',
  'dev',
  'vpn',
  'dc',
  'cache',
]
const PROJECTS = [
  'Основной проект',
  'Тестовая среда',
  'Интернет-магазин',
  '1С:Предприятие',
  'Бухгалтерия',
  'Разработка',
  'Архив',
  'Портал',
  'Филиал',
  'Аналитика',
]
const NETWORKS = ['Сеть', 'Сеть офиса', 'DMZ', 'Сеть баз данных', 'Служебная сеть']

export const machineName = (random: Random) => `${random.pick(ROLES)}-${String(random.int(1, 99)).padStart(2, '0')}`
export const projectName = (random: Random, first: boolean) => (first && random.chance(0.6) ? 'Основной проект' : random.pick(PROJECTS))
export const networkName = (random: Random) => random.pick(NETWORKS)
export const diskName = (random: Random, root: boolean) =>
  root ? 'Основной диск' : random.pick(['Данные', 'Базы', 'Архив', 'Журналы', 'Дополнительный диск'])
