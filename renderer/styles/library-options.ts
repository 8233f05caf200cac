import type { NuxtUIOptions } from '@nuxt/ui/vite'

/**
 * How the component library's parts look here. Read by the build (Nuxt UI's plugin) and kept under `renderer/`, because
 * Tailwind makes only the classes that it finds there.
 */
const componentSlots = {
  colors: { primary: 'teal', neutral: 'stone' },
  button: { slots: { base: 'cursor-default font-medium rounded-[6px]' } },
  tooltip: { slots: { content: 'h-auto py-1.5 text-xs max-w-72' } },
  input: { slots: { base: 'rounded-[6px]' } },
  textarea: { slots: { base: 'rounded-[6px]' } },
  select: { slots: { base: 'rounded-[6px]' } },
  checkbox: { slots: { base: 'rounded-[4px]' } },
  dropdownMenu: { slots: { item: 'cursor-default' } },
}

/** What the library's plugin is told wherever the renderer is built: only what is used here, and nothing behind the types' back. */
export const libraryOptions: NuxtUIOptions = {
  colorMode: false,
  components: false,
  autoImport: false,
  dts: false,
  icon: { clientBundle: false },
  theme: { colors: ['primary', 'error'] },
  // Those that are loaded by name once the window stands; the others are found by their tags.
  experimental: { componentDetection: ['DropdownMenu', 'Popover', 'Toaster'] },
  ui: componentSlots,
}
