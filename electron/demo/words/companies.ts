import type { Random } from '../random'
import { person } from './people'

export interface Company {
  readonly name: string
  /** A person pays in advance; a company may pay afterwards. */
  readonly kind: 'company' | 'sole'
  /** Always under the reserved .example, so that no mail of the demo can reach anybody. */
  readonly domain: string
}

const HEADS = [
  ['Север', 'sever'],
  ['Волжск', 'volzhsk'],
  ['Урал', 'ural'],
  ['Тех', 'tekh'],
  ['Строй', 'stroy'],
  ['Агро', 'agro'],
  ['Мед', 'med'],
  ['Авто', 'avto'],
  ['Энерго', 'energo'],
  ['Транс', 'trans'],
  ['Пром', 'prom'],
  ['Эко', 'eko'],
  ['Инфо', 'info'],
  ['Лес', 'les'],
  ['Сиб', 'sib'],
  ['Гео', 'geo'],
  ['Аква', 'akva'],
  ['Метал', 'metal'],
  ['Дом', 'dom'],
  ['Хим', 'khim'],
  ['Крас', 'kras'],
  ['Нов', 'nov'],
  ['Юг', 'yug'],
  ['Балт', 'balt'],
  ['Онего', 'onego'],
  ['Кама', 'kama'],
  ['Степ', 'step'],
  ['Рос', 'ros'],
] as const
const TAILS = [
  ['логистика', 'logistika'],
  ['монтаж', 'montazh'],
  ['сервис', 'servis'],
  ['проект', 'proekt'],
  ['снаб', 'snab'],
  ['инвест', 'invest'],
  ['торг', 'torg'],
  ['система', 'sistema'],
  ['прибор', 'pribor'],
  ['маш', 'mash'],
  ['лаб', 'lab'],
  ['софт', 'soft'],
  ['пласт', 'plast'],
  ['комплект', 'komplekt'],
  ['фарм', 'farm'],
  ['фуд', 'fud'],
  ['центр', 'tsentr'],
  ['партнёр', 'partner'],
  ['ресурс', 'resurs'],
  ['контроль', 'kontrol'],
  ['связь', 'svyaz'],
  ['аналитика', 'analitika'],
  ['дизайн', 'dizayn'],
] as const
const FORMS = [
  ['ООО', 72],
  ['АО', 14],
  ['ГБУ', 4],
  ['АНО', 4],
  ['НПО', 4],
  ['ПК', 2],
] as const

export function company(random: Random): Company {
  const number = random.int(1, 9999)
  if (random.chance(0.16)) {
    const owner = person(random)
    return { name: `ИП ${owner.full}`, kind: 'sole', domain: `${owner.login.replace('.', '-')}.example` }
  }
  const [head, latinHead] = random.pick(HEADS)
  const [tail, latinTail] = random.pick(TAILS)
  const suffix = random.chance(0.25) ? ` ${random.pick(['Плюс', 'Групп', 'Регион', 'Восток', 'Запад', '24', 'XXI', 'Холдинг'])}` : ''
  return {
    name: `${random.weighted(FORMS)} «${head}${tail}${suffix}»`,
    kind: 'company',
    domain: `${latinHead}${latinTail}${number}.example`,
  }
}
