import type { CallName, Domain } from '@shared/ipc/channels'
import type { Input, Output } from '@shared/ipc/contract'
import { defineStore } from 'pinia'
import { api, on } from './client'

type AnyCall = (input: unknown) => Promise<unknown>

/** Answers asked for before the screen that shows them is there. Each serves once, and none outlives a change of any row. */
export const useReadAhead = defineStore('readAhead', () => {
  const asked = new Map<string, Promise<unknown>>()
  let following = false
  const keyOf = (domain: Domain, name: string, input: unknown): string => `${domain}.${name} ${JSON.stringify(input)}`

  const ask = <D extends Domain, N extends CallName<D>>(domain: D, name: N, input: Input<D, N>): void => {
    if (!following) on('changed', () => asked.clear())
    following = true
    const answer = (api[domain][name] as AnyCall)(input)
    // Who takes it handles its error; without a taker it is nobody's.
    answer.catch(() => undefined)
    asked.set(keyOf(domain, name, input), answer)
  }
  /** What was asked ahead, or the call itself. */
  const take = <D extends Domain, N extends CallName<D>>(domain: D, name: N, input: Input<D, N>): Promise<Output<D, N>> => {
    const key = keyOf(domain, name, input)
    const ahead = asked.get(key)
    asked.delete(key)
    return (ahead ?? (api[domain][name] as AnyCall)(input)) as Promise<Output<D, N>>
  }
  return { ask, take }
})
