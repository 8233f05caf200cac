import batch from './en/batch.json'
import bulk from './en/bulk.json'
import client from './en/client.json'
import clients from './en/clients.json'
import connect from './en/connect.json'
import contracts from './en/contracts.json'
import files from './en/files.json'
import how from './en/how.json'
import jobs from './en/jobs.json'
import list from './en/list.json'
import limits from './en/limits.json'
import notes from './en/notes.json'
import outbox from './en/outbox.json'
import payments from './en/payments.json'
import plans from './en/plans.json'
import profile from './en/profile.json'
import servers from './en/servers.json'
import settings from './en/settings.json'
import tickets from './en/tickets.json'
import users from './en/users.json'
import events from './en/events.json'
import unlock from './en/unlock.json'
import type { ruRest } from './ru-rest'

/** What the other screens say. */
export const enRest: typeof ruRest = {
  batch,
  bulk,
  client,
  clients,
  connect,
  contracts,
  files,
  how,
  jobs,
  list,
  limits,
  notes,
  outbox,
  payments,
  plans,
  profile,
  servers,
  settings,
  tickets,
  events,
  users,
  unlock,
}
