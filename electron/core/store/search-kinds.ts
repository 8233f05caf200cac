/** What can be found. A search row's number is its entity's row number times eight plus this: the kind is known before the row is read. */
export const searchKinds = { client: 0, contract: 1, tariff_plan: 2, server: 3, account: 4 } as const
export type SearchKind = keyof typeof searchKinds
export const KINDS_ROOM = 8

export const searchRowid = (kind: SearchKind, rowid: number): number => rowid * KINDS_ROOM + searchKinds[kind]
