import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { renderToString } from 'vue/server-renderer'
import { createSSRApp, defineComponent, effectScope, watchEffect } from 'vue'
import { describe, expect, it } from 'vitest'
import { makeI18n, useText, type TextKey, type Translate } from '@renderer/locales'
import { en as enFirst } from '@renderer/locales/en'
import { enRest } from '@renderer/locales/en-rest'
import { ru as ruFirst } from '@renderer/locales/ru'
import { ruRest } from '@renderer/locales/ru-rest'
import type { ListTexts } from '@renderer/list/words'
import { errorCodes } from '@shared/errors'
import { datasets } from '@shared/domain/datasets'
import type { ListSpec } from '@shared/domain/list-spec'
import { clientList } from '@shared/domain/lists/clients'
import { contractList } from '@shared/domain/lists/contracts'
import { paymentList } from '@shared/domain/lists/payments'
import { eventList } from '@shared/domain/lists/events'
import { ticketList } from '@shared/domain/lists/tickets'
import { userList } from '@shared/domain/lists/users'
import { planList } from '@shared/domain/lists/tariff-plans'

const ru = { ...ruFirst, ...ruRest }
const en = { ...enFirst, ...enRest }
const root = fileURLToPath(new URL('../../renderer', import.meta.url))
type Tree = { [key: string]: string | Tree }
const leaves = (tree: Tree, at = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[at + key, value] as [string, string]] : leaves(value, `${at}${key}.`),
  )
const russian = new Map(leaves(ru))
const english = new Map(leaves(en))
const files = (dir: string): string[] =>
  readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : files(path)
    return /\.(vue|ts)$/.test(entry.name) ? [path] : []
  })
const lists = {
  clients: clientList,
  contracts: contractList,
  plans: planList,
  payments: paymentList,
  tickets: ticketList,
  events: eventList,
  users: userList,
} satisfies Record<ListTexts, ListSpec>
/** What every list says under its own name, from its declaration. */
const textsOfList = ([name, { views, sorts, filters }]: [string, ListSpec]): string[] =>
  [
    ...['title', 'table', 'none', 'noneHint', 'empty', 'emptyHint', 'showAll', 'search', 'searchLabel'],
    ...views.map((view) => `view.${view}`),
    ...sorts.map((by) => `col.${by}`),
    ...Object.entries(filters).flatMap(([field, { of = [] }]) => [`filter.${field}`, ...of.map((value) => `value.${field}.${value}`)]),
  ].map((key) => `${name}.${key}`)
const ofLists = Object.entries(lists).flatMap(textsOfList)
const named = (text: string): string => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort().join()

describe('texts', () => {
  it('are complete in both languages', () => {
    expect([...english.keys()].filter((key) => !russian.has(key))).toEqual([])
    expect([...russian.keys()].filter((key) => !english.has(key))).toEqual([])
    expect([...russian, ...english].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([])
  })
  it('name the same figures in both languages', () => {
    expect([...russian].filter(([key, text]) => named(text) !== named(english.get(key) ?? '')).map(([key]) => key)).toEqual([])
  })
  it('have three plural forms in Russian and two in English', () => {
    const forms = (text: string): number => text.split(' | ').length
    const wrong = [...russian].filter(([key, text]) => forms(text) > 1 && (forms(text) !== 3 || forms(english.get(key) ?? '') !== 2))
    expect(wrong.map(([key]) => key)).toEqual([])
  })
  it('exist for every key that a screen asks for', () => {
    const missing = files(root).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(?<![\w.])t\(\s*'([a-z][\w.-]*)'/gi)].flatMap(([, key = '']) =>
        russian.has(key) ? [] : [`${file}: ${key}`],
      ),
    )
    expect(missing).toEqual([])
  })
  it('are all said somewhere', () => {
    const code = files(root)
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n')
    const made = [...code.matchAll(/`([a-z][\w-]*(?:\.[\w-]*|\$\{[^}]*\})+)`/gi)].flatMap(([, key = '']) =>
      key.includes('${') ? [new RegExp(`^${key.replaceAll('.', String.raw`\.`).replace(/\$\{[^}]*\}/g, '.+')}$`)] : [],
    )
    const own = (key: string): string => (key.startsWith('ui.') ? key.slice('ui.'.length) : key)
    /** A column's head, and the words for its codes, by the column's key. */
    const ofColumn = (key: string): boolean => {
      const [list = '', part = '', column = ''] = key.split('.')
      return list in lists && (part === 'col' || part === 'value') && code.includes(`('${column}', {`)
    }
    const said = (key: string): boolean => code.includes(`'${own(key)}'`) || made.some((pattern) => pattern.test(key))
    expect([...russian.keys()].filter((key) => !said(key) && !ofLists.includes(key) && !ofColumn(key))).toEqual([])
  })
  it('exist for all that a list declares', () => {
    expect(ofLists.filter((key) => !russian.has(key))).toEqual([])
  })
  it('have words for every error and every dataset', () => {
    for (const code of errorCodes)
      for (const part of ['title', 'safe', 'todo']) expect(russian.has(`errors.${code}.${part}`), code).toBe(true)
    for (const code of errorCodes) if (code !== 'tls') expect(russian.has(`connect.failure.${code}.happened`), code).toBe(true)
    for (const dataset of datasets) expect(russian.has(`states.dataset.${dataset}`), dataset).toBe(true)
  })
  it('are said the same without the library where there is nothing to put in', async () => {
    const { i18n, t } = await said()
    for (const [language, texts] of [
      ['ru', russian],
      ['en', english],
    ] as const) {
      i18n.global.locale.value = language
      const plain = [...texts.keys()].map((key) => [key, t(key as TextKey)])
      expect(plain).toEqual([...texts.keys()].map((key) => [key, i18n.global.t(key)]))
    }
  })
  it('follow the language', async () => {
    const { i18n, t } = await said()
    const seen: string[] = []
    const scope = effectScope()
    scope.run(() => watchEffect(() => void seen.push(t('menu.clients')), { flush: 'sync' }))
    i18n.global.locale.value = 'en'
    scope.stop()
    expect(seen).toEqual(['Клиенты', 'Clients'])
  })
})

/** The texts as a screen gets them. */
const said = async () => {
  const i18n = makeI18n()
  i18n.global.setLocaleMessage('ru', ru)
  i18n.global.setLocaleMessage('en', en)
  let t: Translate = (key) => key
  const app = createSSRApp(
    defineComponent({
      setup: () => {
        t = useText()
        return () => null
      },
    }),
  )
  app.use(i18n)
  await renderToString(app)
  return { i18n, t }
}
