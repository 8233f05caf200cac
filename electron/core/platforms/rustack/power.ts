import { AppError } from '@shared/errors'
import type { PowerOrder } from '@shared/domain/codes'
import type { HttpAnswer, Transport } from '../http'
import type { PowerWrites } from '../port/writes'
import { isRaw, RowReader } from '../row-reader'

/** KNOWN: `POST /v1/vm/{id}/state`, its job, and the lock meanwhile. */
const states = { on: 'power_on', off: 'power_off', reboot: 'reboot' } as const satisfies Record<PowerOrder, string>
const serverPath = (id: string): string => `/v1/vm/${encodeURIComponent(id)}`
const jobPath = (id: string): string => `/v1/job/${encodeURIComponent(id)}`
/** The older name and the newer one; several jobs are told by commas. */
const jobOf = (answer: HttpAnswer): string | null =>
  (answer.header('x-esu-tasks') ?? answer.header('x-bcc-tasks'))?.split(',')[0]?.trim() || null

export const createPowerWrites = (transport: Transport): PowerWrites => ({
  order: async (serverId, order, signal) => {
    const answer = await transport.send({ method: 'POST', path: `${serverPath(serverId)}/state`, body: { state: states[order] }, signal })
    return { jobId: jobOf(answer) }
  },
  server: async (serverId, signal) => {
    const { json } = await transport.send({ method: 'GET', path: serverPath(serverId), signal, urgent: true })
    if (!isRaw(json)) throw new AppError('bad-answer', 'the server cannot be read')
    const row = new RowReader(json, 0)
    return { power: row.flag('power'), locked: row.flag('locked'), jobId: row.text('job_id') }
  },
  job: async (jobId, signal) => {
    try {
      const { json } = await transport.send({ method: 'GET', path: jobPath(jobId), signal, urgent: true })
      const row = isRaw(json) ? new RowReader(json, 0) : null
      return { state: row?.text('status') === 'error' ? 'failed' : 'running', step: row?.text('name') ?? null }
    } catch (thrown) {
      const error = AppError.from(thrown)
      // A job that has ended is not there any more: so its end is told.
      if (error.code === 'not-found') return { state: 'finished', step: null }
      throw error
    }
  },
})
