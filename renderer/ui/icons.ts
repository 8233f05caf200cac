/** The icons in use, by name without prefix; filled once before the first paint. */
export interface IconSet {
  icons: Record<string, { body: string }>
}
const bodies = new Map<string, string>()

export const registerIcons = (set: IconSet): void => {
  for (const [name, icon] of Object.entries(set.icons)) bodies.set(`i-lucide-${name}`, icon.body)
}
export const iconBody = (name: string): string => bodies.get(name) ?? ''
