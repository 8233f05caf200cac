import type { EntityOf } from '@shared/domain/entities'
import type { RowReader } from '../row-reader'
import type { Mapper } from './map'
import type { RustackProfile } from './profile'

/** What happens between the partner and its clients, by the profile's names; each mapper has the name of its dataset. */
export const organisationMappers = ({ fields, ticketTopics }: RustackProfile) => {
  const payments: Mapper<EntityOf['payments']> = (row) => {
    const names = fields.payment
    return {
      entity: {
        id: row.id(),
        createdAt: row.time(names.createdAt),
        transaction: row.text(names.transaction),
        amount: row.money(names.amount),
        contract: row.ref(names.contract),
        method: row.text(names.method),
        status: row.text(names.status),
        extra: row.rest(),
      },
    }
  }

  const tickets: Mapper<EntityOf['tickets']> = (row) => {
    const names = fields.ticket
    const topicText = row.text(names.topic)
    const known = topicText !== null && Object.hasOwn(ticketTopics, topicText) ? (ticketTopics[topicText] ?? null) : null
    return {
      entity: {
        id: row.id(),
        createdAt: row.time(names.createdAt),
        modifiedAt: row.time(names.modifiedAt),
        ...{ topic: known, topicText },
        text: row.text(names.text),
        ...personOf(row, names.account),
        project: row.ref(names.project),
        contacts: row.text(names.contacts),
        attachments: row.list(names.attachments, (file) => file.name()) ?? [],
        extra: row.rest(),
      },
    }
  }

  const events: Mapper<EntityOf['events']> = (row) => {
    const names = fields.event
    const object = row.nested(names.object)
    return {
      entity: {
        id: row.id(),
        createdAt: row.time(names.createdAt),
        ...personOf(row, names.account),
        action: row.text(names.action),
        objectKind: object?.text(fields.eventObject.kind) ?? null,
        objectId: object?.ref(fields.eventObject.id)?.id ?? null,
        objectName: object?.text(fields.eventObject.name) ?? null,
        text: row.text(names.text),
        extra: row.rest(),
      },
    }
  }
  return { payments, tickets, events }
}

/** A user inside another record, called by its name, or by its login where it has none. */
const personOf = (row: RowReader, field: string): { accountId: string | null; accountName: string | null } => {
  const person = row.nested(field)
  if (person === null) return { accountId: null, accountName: null }
  return { accountId: person.ref('id')?.id ?? null, accountName: person.text('username') ?? person.text('login') }
}
