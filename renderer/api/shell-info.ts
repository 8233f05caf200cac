import type { ShellInfo } from '@shared/ipc/shell'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api } from './client'

/** What the program runs on: asked for once, when a screen needs it. */
export const useShellInfo = defineStore('shell-info', () => {
  const info = shallowRef<ShellInfo | null>(null)
  const load = async (): Promise<ShellInfo> => (info.value ??= await api.shell.info({}))
  return { info, load }
})
