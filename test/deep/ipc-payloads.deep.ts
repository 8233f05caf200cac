import fc from 'fast-check'
import { expect, it } from 'vitest'
import { resultOf } from '@shared/ipc/call'
import { z } from 'zod'
import { channels, FakeIpc, payloadsFor } from '../security/support/fake-ipc'

const PAYLOADS = 10_000
const envelope = resultOf(z.unknown())

it.each(channels)('S3: $channel takes ten thousand random payloads and gives an envelope to each', async ({ domain, name, channel }) => {
  const ipc = new FakeIpc()
  const seed = Date.now()
  for (const payload of fc.sample(payloadsFor(domain, name), { numRuns: PAYLOADS, seed })) {
    const result = await ipc.invoke(channel, payload)
    expect(envelope.safeParse(result).success, `seed ${String(seed)}`).toBe(true)
    if (!result.ok) expect(JSON.stringify(result.error)).not.toContain('a fault inside')
  }
})
