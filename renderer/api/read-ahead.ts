import type { CallName, Domain } from '@shared/ipc/channels'
import type { Input, Output } from '@shared/ipc/contract'
import { defineStore } from 'pinia'
import { api, on } from './client'

type AnyCall = (input: unknown) => Promise<unknown>

/** Answers asked for before the screen that shows them is there. Each serves once, and none outlives a change of any row. */
export const useReadAhead = defineStore('readAhead', () => {
  const asked = new Map<string, Promise<unknown>>()
  const answered = new Map<string, unknown>()
  let following = false
  const keyOf = (domain: Domain, name: string, input: unknown): string => `${domain}.${name} ${JSON.stringify(input)}`

  const ask = <D extends Domain, N extends CallName<D>>(domain: D, name: N, input: Input<D, N>): void => {
    if (!following)
      on('changed', () => {
        asked.clear()
        answered.clear()
      })
    following = true
    const key = keyOf(domain, name, input)
    const answer = (api[domain][name] as AnyCall)(input)
    asked.set(key, answer)
    // Who takes it handles its error; without a taker it is nobody's.
    answer.then(
      (value) => asked.get(key) === answer && answered.set(key, value),
      () => undefined,
    )
  }
  /** What was asked ahead, where the answer is here already. */
  const takeAnswer = <D extends Domain, N extends CallName<D>>(domain: D, name: N, input: Input<D, N>): Output<D, N> | undefined => {
    const key = keyOf(domain, name, input)
    const answer = answered.get(key) as Output<D, N> | undefined
    if (answer !== undefined) forget(key)
    return answer
  }
  const forget = (key: string): void => {
    asked.delete(key)
    answered.delete(key)
  }
  /** What was asked ahead, or the call itself. */
  const take = <D extends Domain, N extends CallName<D>>(domain: D, name: N, input: Input<D, N>): Promise<Output<D, N>> => {
    const key = keyOf(domain, name, input)
    const ahead = asked.get(key)
    forget(key)
    return (ahead ?? (api[domain][name] as AnyCall)(input)) as Promise<Output<D, N>>
  }
  /** When everything asked so far has been answered, well or not. */
  const settled = async (): Promise<void> => void (await Promise.allSettled(asked.values()))
  return { ask, take, takeAnswer, settled }
})
