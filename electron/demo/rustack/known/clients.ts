import { byColumn, byName, itemHandler, listHandler, type Api } from '../http/api'
import type { Field, Resource } from '../http/handler'

const MODELS = [
  { value: 'prepay', display_name: 'Предоплата' },
  { value: 'postpay', display_name: 'Постоплата' },
]
const WRITABLE: Readonly<Record<string, Field>> = {
  name: { type: 'string', required: true, label: 'Имя', max_length: 255 },
  partner: { type: 'field', required: true, label: 'Партнер' },
  billing_plan: { type: 'field', required: true, label: 'Тарифный план' },
  internet: { type: 'integer', required: false, label: 'Скорость доступа в Интернет' },
  lan: { type: 'integer', required: false, label: 'Скорость локальной сети' },
  payment_methods: { type: 'list', required: false, label: 'Методы оплаты' },
  payment_model: { type: 'choice', required: true, label: 'Модель оплаты', choices: MODELS },
}

/** Reading is KNOWN; of writing only the methods are, so it is refused to this token. */
export function clientRoutes(api: Api): Resource[] {
  const filters = { name: byName, partner: byColumn('partner') }
  return [
    { path: '/v1/client', name: 'Client List', kind: 'list', handlers: { GET: listHandler(api, 'client', filters) }, writable: WRITABLE },
    { path: '/v1/client/:id', name: 'Client Instance', kind: 'item', handlers: { GET: itemHandler(api, 'client') }, writable: WRITABLE },
  ]
}
