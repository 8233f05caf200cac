import { rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { killedWhileWriting, lost, openedAfter, type Damage } from '../support/wal-damage'

const SAFE_AFTER_MS = 5000
const anywhere = (): Damage => {
  const chance = Math.random()
  if (chance < 0.7) return { flip: Math.random() }
  return chance < 0.95 ? { cut: Math.random() } : 'deleted'
}

it('twenty kills, sixty damages of the log after each: nothing acknowledged is lost unsaid', async () => {
  for (let kill = 0; kill < 20; kill++) {
    const killed = await killedWhileWriting(500 + Math.random() * 12_000)
    try {
      for (let round = 0; round < 60; round++) {
        const damage = anywhere()
        const what = `kill ${String(kill)}: ${JSON.stringify(damage)}`
        const { notes, samples, notices } = openedAfter(killed, damage)
        expect(lost(killed.notes, notes), what).toEqual([])
        const gone = lost(killed.samples, samples)
        expect(
          gone.filter(({ at }) => at < killed.killedAt - SAFE_AFTER_MS),
          what,
        ).toEqual([])
        if (gone.length > 0) expect(notices[0], what).toMatchObject({ kind: 'commits-missing' })
      }
    } finally {
      rmSync(killed.folder, { recursive: true, force: true })
    }
  }
})
