import { rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { killedWhileWriting, lost, openedAfter, type Damage } from '../support/wal-damage'

const SAFE_AFTER_MS = 5000
const places = (count: number): number[] => Array.from({ length: count }, (_, index) => (index + 0.5) / count)
const damages: Damage[] = [...places(60).map((flip) => ({ flip })), ...places(20).map((cut) => ({ cut })), { cut: 0 }, 'deleted']

it(
  'a damaged log after a kill loses no acknowledged note, nothing older than five seconds, and whatever else it loses is told',
  { timeout: 60_000 },
  async () => {
    const killed = await killedWhileWriting(7500)
    try {
      expect(killed.notes.size).toBeGreaterThan(3)
      let told = 0
      for (const damage of damages) {
        const what = JSON.stringify(damage)
        const { notes, samples, notices } = openedAfter(killed, damage)
        expect(lost(killed.notes, notes), what).toEqual([])
        const gone = lost(killed.samples, samples)
        expect(
          gone.filter(({ at }) => at < killed.killedAt - SAFE_AFTER_MS),
          what,
        ).toEqual([])
        const [notice] = notices
        if (gone.length > 0) expect(notice, what).toMatchObject({ kind: 'commits-missing' })
        if (notice?.kind === 'commits-missing') {
          told++
          expect(notice.count, what).toBeGreaterThanOrEqual(gone.length)
          expect(notice.to - notice.from, what).toBeLessThan(SAFE_AFTER_MS)
        }
      }
      expect(told).toBeGreaterThan(0)
      // And where nothing was damaged nothing is told.
      expect(openedAfter(killed, { cut: 1 })).toMatchObject({ notices: [] })
    } finally {
      rmSync(killed.folder, { recursive: true, force: true })
    }
  },
)
