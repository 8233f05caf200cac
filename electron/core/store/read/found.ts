import { nameOf } from '@shared/domain/text'
import { assertNever } from '@shared/errors'
import type { FoundRow } from '@shared/ipc/search'
import { get, sql, trusted, type Db } from '../sql'
import { findClient, moneyOf } from './clients'
import { findContract, side } from './contracts'
import type { Found } from './search'
import { findPlan } from './tariff-plans'

/** What a found row shows: its title, what tells it from its namesakes, and the client to open. */
export const foundRow = (cache: Db, kind: FoundRow['kind'], found: Found): FoundRow | null => {
  switch (kind) {
    case 'client':
      return foundClient(cache, found)
    case 'contract':
      return foundContract(cache, found)
    case 'tariff_plan': {
      const plan = findPlan(cache, found.connectionId, found.id)
      return plan && { kind, ...found, title: plan.name, hint: '', balance: null }
    }
    case 'server':
      return foundServer(cache, found)
    case 'account':
      return foundAccount(cache, found)
    case 'payment':
      return foundPayment(cache, found)
    case 'ticket':
      return foundTicket(cache, found)
    case 'event':
      return foundEvent(cache, found)
    default:
      return assertNever(kind)
  }
}

const foundClient = (cache: Db, found: Found): FoundRow | null => {
  const client = findClient(cache, found.connectionId, found.id)
  if (!client) return null
  const balance = moneyOf(client.balance_minor, client.currency)
  return { kind: 'client', ...found, clientId: found.id, title: nameOf(client.name, found.id), hint: client.contract_name ?? '', balance }
}

const foundContract = (cache: Db, found: Found): FoundRow | null => {
  const contract = findContract(cache, found.connectionId, found.id)
  if (!contract) return null
  return {
    kind: 'contract',
    ...found,
    clientId: contract.clientId,
    title: contract.name,
    hint: contract.clientName ?? '',
    balance: contract.balance,
  }
}

const foundServer = (cache: Db, found: Found): FoundRow | null => {
  const row = get<{ name: string; hostname: string | null; clientId: string | null; clientName: string | null }>(
    cache,
    sql`SELECT s.name, s.hostname, c.id AS clientId, c.name AS clientName FROM server s
      LEFT JOIN vdc v ON v.connection_id = s.connection_id AND v.id = s.vdc_id
      LEFT JOIN project p ON p.connection_id = v.connection_id AND p.id = v.project_id
      LEFT JOIN client c ON c.connection_id = p.connection_id AND c.id = p.client_id
      WHERE s.connection_id = ${found.connectionId} AND s.id = ${found.id}`,
  )
  if (!row) return null
  const hint = [row.clientName, row.hostname].filter((it) => it !== null).join(' · ')
  return { kind: 'server', ...found, clientId: row.clientId, title: nameOf(row.name, found.id), hint, balance: null }
}

const foundAccount = (cache: Db, found: Found): FoundRow | null => {
  const row = get<{ login: string; username: string | null }>(
    cache,
    sql`SELECT login, username FROM account WHERE connection_id = ${found.connectionId} AND id = ${found.id}`,
  )
  return row ? { kind: 'account', ...found, title: row.login, hint: row.username ?? '', balance: null } : null
}

/** What there is of these, in one line. */
const line = (...parts: (string | null)[]): string => parts.filter((part) => part !== null && part !== '').join(' · ')

const foundPayment = (cache: Db, found: Found): FoundRow | null => {
  interface Row {
    transaction: string | null
    minor: number | null
    currency: string | null
    contract: string | null
    clientId: string | null
    clientName: string | null
  }
  const row = get<Row>(
    cache,
    sql`SELECT p.transaction_text AS "transaction", p.amount_minor AS minor, p.currency, ifnull(k.name, p.contract_name) AS contract,
      ${trusted(side('client', 'id'))} AS clientId, ${trusted(side('client', 'name'))} AS clientName
      FROM payment p LEFT JOIN contract k ON k.connection_id = p.connection_id AND k.id = p.contract_id
      WHERE p.connection_id = ${found.connectionId} AND p.id = ${found.id}`,
  )
  if (!row) return null
  const of = { kind: 'payment' as const, ...found, clientId: row.clientId, balance: moneyOf(row.minor, row.currency) }
  return { ...of, title: row.transaction ?? found.id, hint: line(found.id, row.clientName, row.contract) }
}

const foundTicket = (cache: Db, found: Found): FoundRow | null => {
  const row = get<{ topic: string | null; text: string | null; account: string | null }>(
    cache,
    sql`SELECT topic_text AS topic, text, account_name AS account FROM ticket WHERE connection_id = ${found.connectionId} AND id = ${found.id}`,
  )
  return row ? { kind: 'ticket', ...found, title: row.topic ?? found.id, hint: line(row.account, row.text), balance: null } : null
}

const foundEvent = (cache: Db, found: Found): FoundRow | null => {
  const row = get<{ action: string | null; object: string | null; account: string | null }>(
    cache,
    sql`SELECT action, object_name AS object, account_name AS account FROM event WHERE connection_id = ${found.connectionId} AND id = ${found.id}`,
  )
  return row ? { kind: 'event', ...found, title: line(row.action, row.object) || found.id, hint: row.account ?? '', balance: null } : null
}
