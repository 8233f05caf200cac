/**
 * How the component library's parts look here. Read by the build (Nuxt UI's plugin) and kept under `renderer/`, because
 * Tailwind makes only the classes that it finds there.
 */
export const componentSlots = {
  colors: { primary: 'teal', neutral: 'stone' },
  button: { slots: { base: 'cursor-default font-medium rounded-[6px]' } },
  tooltip: { slots: { content: 'h-auto py-1.5 text-xs max-w-72' } },
  input: { slots: { base: 'rounded-[6px]' } },
  textarea: { slots: { base: 'rounded-[6px]' } },
  select: { slots: { base: 'rounded-[6px]' } },
  checkbox: { slots: { base: 'rounded-[4px]' } },
  dropdownMenu: { slots: { item: 'cursor-default' } },
}
