import type { Random } from '../random'

/** Made-up people: every combination is chance, none is taken from anywhere. */
export interface Person {
  readonly full: string
  readonly short: string
  readonly login: string
}

const SURNAMES = [
  ['Ветлугин', 'vetlugin'],
  ['Заречнев', 'zarechnev'],
  ['Калинцев', 'kalintsev'],
  ['Лугинин', 'luginin'],
  ['Морозкин', 'morozkin'],
  ['Новоселов', 'novoselov'],
  ['Ольшанов', 'olshanov'],
  ['Перелесов', 'perelesov'],
  ['Рябинкин', 'ryabinkin'],
  ['Северянов', 'severyanov'],
  ['Тихорецков', 'tikhoretskov'],
  ['Ушаковцев', 'ushakovtsev'],
  ['Федотьев', 'fedotyev'],
  ['Холмогорцев', 'kholmogortsev'],
  ['Черемухин', 'cheremukhin'],
  ['Шелестов', 'shelestov'],
  ['Щеглин', 'shcheglin'],
  ['Яблочков', 'yablochkov'],
  ['Бережнев', 'berezhnev'],
  ['Горюнцев', 'goryuntsev'],
  ['Дубравин', 'dubravin'],
  ['Еловцев', 'elovtsev'],
  ['Журавкин', 'zhuravkin'],
  ['Ильменев', 'ilmenev'],
  ['Кленов', 'klenov'],
  ['Листвянов', 'listvyanov'],
  ['Мартышев', 'martyshev'],
  ['Невьянов', 'nevyanov'],
  ['Осокин', 'osokin'],
  ['Полянцев', 'polyantsev'],
  ['Родничков', 'rodnichkov'],
  ['Снегирёв', 'snegirev'],
  ['Тополев', 'topolev'],
  ['Устюжин', 'ustyuzhin'],
  ['Чайкин', 'chaykin'],
] as const
const MEN = [
  'Артём',
  'Богдан',
  'Виктор',
  'Глеб',
  'Денис',
  'Егор',
  'Захар',
  'Илья',
  'Кирилл',
  'Лев',
  'Максим',
  'Никита',
  'Павел',
  'Роман',
  'Степан',
  'Тимур',
  'Фёдор',
  'Юрий',
]
const WOMEN = [
  'Алина',
  'Вера',
  'Галина',
  'Дарья',
  'Евгения',
  'Жанна',
  'Зоя',
  'Инна',
  'Карина',
  'Лидия',
  'Марина',
  'Нина',
  'Ольга',
  'Полина',
  'Раиса',
  'София',
  'Татьяна',
  'Яна',
]
const FATHERS = ['Андре', 'Алексе', 'Серге', 'Никола', 'Тимофе', 'Матве']

export function person(random: Random): Person {
  const woman = random.chance(0.48)
  const [surname, latin] = random.pick(SURNAMES)
  const first = random.pick(woman ? WOMEN : MEN)
  const middle = random.pick(FATHERS) + (woman ? 'евна' : 'евич')
  const family = woman ? `${surname}а` : surname
  const login = `${latin}${woman ? 'a' : ''}.${random.int(1, 999)}`
  return { full: `${family} ${first} ${middle}`, short: `${family} ${first[0]}. ${middle[0]}.`, login }
}

/** Numbers of a range that no operator gives out. */
export function phone(random: Random): string {
  return `+7999000${String(random.int(0, 9999)).padStart(4, '0')}`
}
