import batch from './ru/batch.json'
import bulk from './ru/bulk.json'
import client from './ru/client.json'
import clients from './ru/clients.json'
import connect from './ru/connect.json'
import contracts from './ru/contracts.json'
import files from './ru/files.json'
import how from './ru/how.json'
import jobs from './ru/jobs.json'
import list from './ru/list.json'
import limits from './ru/limits.json'
import notes from './ru/notes.json'
import outbox from './ru/outbox.json'
import payments from './ru/payments.json'
import plans from './ru/plans.json'
import profile from './ru/profile.json'
import servers from './ru/servers.json'
import settings from './ru/settings.json'
import tickets from './ru/tickets.json'
import users from './ru/users.json'
import events from './ru/events.json'
import unlock from './ru/unlock.json'

/** What the other screens say: read when the first picture stands, or before the first of them is shown. */
export const ruRest = {
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
