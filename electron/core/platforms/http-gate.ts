import { AppError } from '@shared/errors'

/** How a request waits for its turn. */
export interface Turn {
  /** A person waits for it, or a change does: it goes before what is only read to be kept. */
  urgent: boolean
  signal: AbortSignal
  /** What changes something is not sent any more after so long, and certainly was not; null = it waits as long as it must. */
  patienceMs: number | null
}
/** Lets a fixed number of requests of one connection be under way at a time, whoever asks. */
export interface RequestGate {
  /** @throws AppError `timeout` or `cancelled` before `work` was begun; of a change with the reason `NOT_SENT`, which proves it. */
  run<T>(work: () => Promise<T>, turn: Turn): Promise<T>
}

interface Waiting {
  enter: () => void
  stop: () => void
  urgent: boolean
}

/** So many urgent ones may overtake one that is not: a thousand commands do not stop the lists. */
const MOST_OVERTAKING = 8
/** After an urgent request its slot is kept for the next one until so many others have ended: a change is several requests. */
const KEPT_FOR = 2

export const createRequestGate = (slots: number): RequestGate => {
  const waiting: Waiting[] = []
  let free = slots
  let overtaken = 0
  let kept = 0

  const isOthersTurn = (): boolean => overtaken >= MOST_OVERTAKING
  const hasRoom = (urgent: boolean): boolean => free > (urgent || kept === 0 || isOthersTurn() ? 0 : 1)
  /** The next that may go: the urgent first, the others in their turn. */
  const next = (): Waiting | undefined => {
    const urgent = waiting.find((one) => one.urgent)
    const other = waiting.find((one) => !one.urgent)
    if (urgent && !(other && isOthersTurn())) {
      if (other) overtaken++
      return urgent
    }
    if (!other || !hasRoom(false)) return undefined
    overtaken = 0
    return other
  }
  const letIn = (): void => {
    while (free > 0) {
      const one = next()
      if (!one) return
      waiting.splice(waiting.indexOf(one), 1)
      free--
      one.stop()
      one.enter()
    }
  }
  const enter = async (turn: Turn): Promise<void> => {
    const { urgent, signal, patienceMs } = turn
    if (signal.aborted) throw notBegun(turn)
    if (urgent) kept = KEPT_FOR
    // Whoever waits while there is room waits for the slot that is kept.
    if (hasRoom(urgent) && !isOthersTurn()) {
      free--
      return
    }
    await new Promise<void>((resolve, reject) => {
      const giveUp = (): void => {
        one.stop()
        waiting.splice(waiting.indexOf(one), 1)
        reject(notBegun(turn))
      }
      const timer = patienceMs === null ? undefined : setTimeout(giveUp, patienceMs)
      const one: Waiting = {
        urgent,
        stop: () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', giveUp)
        },
        enter: resolve,
      }
      signal.addEventListener('abort', giveUp)
      waiting.push(one)
      letIn()
    })
  }
  const leave = (urgent: boolean): void => {
    kept = urgent ? KEPT_FOR : Math.max(0, kept - 1)
    free++
    letIn()
  }
  return {
    run: async (work, turn) => {
      await enter(turn)
      try {
        return await work()
      } finally {
        leave(turn.urgent)
      }
    },
  }
}

const notBegun = ({ signal, patienceMs }: Turn): AppError => {
  // A read may be the second half of a change that was sent.
  const details = { reason: patienceMs === null ? 'ERR_CANCELED' : 'NOT_SENT' }
  return signal.aborted
    ? new AppError('cancelled', 'the request was cancelled before it left', details)
    : new AppError('timeout', 'the request did not leave in time', details)
}
