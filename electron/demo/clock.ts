/** The simulated clock: it runs `speed` simulated seconds per real second, 0 = stopped. Real time is injected. */
export interface SimClock {
  now(): number
  speed(): number
  setSpeed(speed: number): void
  advance(milliseconds: number): void
  set(moment: number): void
}

export function simClock(realNow: () => number, start: number, initialSpeed: number): SimClock {
  let anchorReal = realNow()
  let anchorSim = start
  let speed = initialSpeed
  const now = () => Math.floor(anchorSim + (realNow() - anchorReal) * speed)
  const anchorAt = (moment: number) => {
    anchorSim = moment
    anchorReal = realNow()
  }
  return {
    now,
    speed: () => speed,
    setSpeed: (wanted) => {
      anchorAt(now())
      speed = wanted
    },
    advance: (milliseconds) => {
      anchorAt(now() + milliseconds)
    },
    set: anchorAt,
  }
}
